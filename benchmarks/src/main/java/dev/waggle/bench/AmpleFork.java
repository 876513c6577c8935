package dev.waggle.bench;

import org.openjdk.jmh.annotations.Fork;

/**
 * Has those that extend it measured in forks with the flags of a node's JVM, which get their heap
 * at once, for Waggle and for its peers alike.
 *
 * <p>A heap that grows makes the kernel clear new pages while the benchmark runs, for seconds where
 * messages are large. Two nodes that gossip fill a third of this one with their caches.
 */
@Fork(
    value = 2,
    jvmArgsAppend = {
      "--sun-misc-unsafe-memory-access=allow",
      "--enable-native-access=ALL-UNNAMED",
      "-Xms1g",
      "-Xmx1g",
      "-XX:+AlwaysPreTouch"
    })
abstract class AmpleFork {}
