/** UPnP's Internet Gateway Device: SSDP, HTTP, XML and SOAP, as little of each as mapping needs. */
@NullMarked
package dev.waggle.nat.upnp;

import org.jspecify.annotations.NullMarked;
