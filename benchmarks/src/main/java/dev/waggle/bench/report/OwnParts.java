package dev.waggle.bench.report;

import dev.waggle.bench.workload.FoundParts;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.node.config.ConfigProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Parts that somebody wants to measure beside Waggle's own, by the names under which a node finds
 * them; null where there is none of that kind.
 */
record OwnParts(@Nullable String transport, @Nullable String codec, @Nullable String suite) {
  private static final String TRANSPORT = "transport";
  private static final String CODEC = "codec";
  private static final String SUITE = "suite";

  private static final List<String> TRANSPORTS = List.of("netty", "nio");
  private static final String NIO = "nio";
  private static final String BINCODE = "bincode";
  private static final String STANDARD = "mlkem768-mldsa65";

  /** What Waggle has of codecs and suites, if nobody asks for another. */
  static final SortedMap<String, String> USUAL =
      Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(CODEC, BINCODE, SUITE, STANDARD)));

  /** What results have always called it. */
  private static final String BINCODE_ALONE = "BINCODE";

  /** Null if there are none. */
  static @Nullable OwnParts ofNullable(
      @Nullable String transport, @Nullable String codec, @Nullable String suite) {
    return transport == null && codec == null && suite == null
        ? null
        : new OwnParts(transport, codec, suite);
  }

  /**
   * Makes each once, so that a wrong name is known before anything is measured.
   *
   * @throws ConfigProblem if one is not there, or cannot be had on this machine
   */
  void make() {
    if (transport != null) {
      FoundParts.transport(transport).close();
    }
    if (codec != null) {
      var _ = FoundParts.codec(codec);
    }
    if (suite != null) {
      var _ = FoundParts.suite(suite, CryptoChoice.AUTO);
    }
  }

  /**
   * What is measured of them: a link, with each of them and without, and what else each kind of
   * part takes part in.
   */
  Plan plan() {
    List<Group> groups = new ArrayList<>();
    groups.add(
        Group.of(new Rhythm(1, 4600, 3, 1000, 8, 500), PartsTable.LINK)
            .with(TRANSPORT, beside(transport, transport == null ? List.of(NIO) : TRANSPORTS))
            .with(CODEC, beside(codec, List.of(BINCODE)))
            .with(SUITE, beside(suite, List.of(STANDARD)))
            .with("bytes", "256", "65536"));
    if (transport != null) {
      groups.add(
          Group.of(new Rhythm(1, 5000, 4, 1000, 8, 700), "GossipBenchmark.message")
              .with(TRANSPORT, beside(transport, TRANSPORTS))
              .with("bytes", "256", "65536"));
    }
    if (codec != null) {
      groups.add(
          Group.of(
                  new Rhythm(1, 3000, 3, 700, 8, 300),
                  "CodecBenchmark.encode",
                  "CodecBenchmark.decode")
              .with(CODEC, beside(codec, List.of(BINCODE_ALONE)))
              .with("message", "PING", "GOSSIP_256B", "GOSSIP_64KIB", "COMPACT_2500"));
    }
    if (suite != null) {
      groups.add(
          Group.of(new Rhythm(1, 1300, 10, 1000, 8, 500), PartsTable.HANDSHAKE)
              .with(SUITE, beside(suite, List.of(STANDARD)))
              .with("crypto", "AUTO"));
    }
    return new Plan(Plan.PARTS, groups);
  }

  private static String[] beside(@Nullable String own, List<String> waggles) {
    Set<String> all = new LinkedHashSet<>();
    if (own != null) {
      all.add(own);
    }
    all.addAll(waggles);
    return all.toArray(String[]::new);
  }

  /** By the names of the parameters, which are those of the options as well. */
  Map<String, String> byKind() {
    Map<String, String> parts = new LinkedHashMap<>();
    put(parts, TRANSPORT, transport);
    put(parts, CODEC, codec);
    put(parts, SUITE, suite);
    return parts;
  }

  private static void put(Map<String, String> parts, String kind, @Nullable String name) {
    if (name != null) {
      parts.put(kind, name);
    }
  }

  /** As one asks for them: {@code --transport mine --codec mine}. */
  String options() {
    StringBuilder options = new StringBuilder();
    byKind().forEach((kind, name) -> options.append(" --" + kind + " " + name));
    return options.toString().strip();
  }
}
