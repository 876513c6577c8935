package dev.waggle.nat.gateways;

/**
 * A way to everybody, through a router.
 *
 * @param router the literal of its address, without a zone
 * @param network the name of this machine's interface
 * @param metric less is preferred
 */
record DefaultRoute(String router, String network, long metric) {}
