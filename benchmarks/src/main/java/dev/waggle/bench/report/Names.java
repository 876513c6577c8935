package dev.waggle.bench.report;

import dev.waggle.charts.Hue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What benchmarks and their parameters are called on a page, and their colours there. */
final class Names {
  static final Hue WAGGLE = Hue.BLUE;
  static final Hue PEER = Hue.ORANGE;

  /** For what does less than either: no encryption, or a part of the work alone. */
  static final Hue PLAIN = Hue.GREY;

  /** In the order of a chart: what is compared stands together. */
  private static final List<String> LINKS =
      List.of(
          "WAGGLE_NETTY_IO_URING",
          "WAGGLE_NETTY_EPOLL",
          "BORINGSSL_EPOLL",
          "BORINGSSL_USUAL_EPOLL",
          "BORINGSSL_PACKED_EPOLL",
          "WAGGLE_NETTY_NIO",
          "WAGGLE_NIO",
          "BORINGSSL_NIO",
          "BORINGSSL_USUAL_NIO",
          "BORINGSSL_PACKED_NIO",
          "JDK_TLS_EPOLL",
          "JDK_TLS_NIO",
          "PLAIN_EPOLL",
          "PLAIN_NIO");

  private static final String WAGGLES_SEAL = "JDK_HEAP";

  private static final Map<String, String> SEALS =
      Map.of(
          WAGGLES_SEAL,
          "JDK, heap arrays (Waggle's)",
          "JDK_DIRECT",
          "JDK, direct buffers",
          "BOUNCY_CASTLE",
          "Bouncy Castle",
          "CORRETTO",
          "Amazon Corretto",
          "CONSCRYPT",
          "Conscrypt");

  /** Of a link: {@code Waggle, Netty on epoll}. */
  static String link(Key key) {
    String link = key.params().getOrDefault("link", "?");
    if (link.equals("WAGGLE_NIO")) {
      return "Waggle, NIO";
    }
    String io = link.endsWith("_IO_URING") ? "io_uring" : link.endsWith("_EPOLL") ? "epoll" : "NIO";
    if (link.startsWith("WAGGLE_NETTY")) {
      return "Waggle, Netty on " + io;
    }
    if (link.startsWith("BORINGSSL")) {
      String writes =
          link.contains("USUAL") ? ", usual" : link.contains("PACKED") ? ", packed" : ", tuned";
      return "TLS 1.3, BoringSSL on " + io + writes;
    }
    return (link.startsWith("JDK_TLS") ? "TLS 1.3, JDK on " : "No encryption, on ") + io;
  }

  /** An I/O facility. */
  static String io(String constant) {
    return constant.equals("NIO") ? "NIO" : constant.toLowerCase(Locale.ROOT);
  }

  static String transport(Key key) {
    String transport = key.params().getOrDefault("transport", "?");
    return switch (transport) {
      case "netty" -> "Netty";
      case "nio" -> "NIO";
      default -> transport;
    };
  }

  /** What a link is made of: its transport, and whatever else is not Waggle's usual one. */
  static String parts(Key key) {
    StringBuilder parts = new StringBuilder(transport(key));
    OwnParts.USUAL.forEach(
        (kind, usual) -> {
          String part = key.params().getOrDefault(kind, usual);
          parts.append(part.equals(usual) ? "" : ", " + kind + " " + part);
        });
    return parts.toString();
  }

  static String load(String load) {
    return load.equals("IDLE") ? "idle link" : "busy link";
  }

  static String bytes(Key key) {
    return Numbers.size(key.params().getOrDefault("bytes", "?"));
  }

  static String seal(Key key) {
    String provider = key.params().getOrDefault("provider", "?");
    return SEALS.getOrDefault(provider, provider);
  }

  static String codec(Key key) {
    return sentence(key.params().getOrDefault("codec", "?")) + ", " + method(key.benchmark());
  }

  static String crypto(Key key) {
    String crypto = key.params().getOrDefault("crypto", "?");
    return crypto.equals("BC") ? "Bouncy Castle" : crypto;
  }

  /** Everything that tells apart what a method measured. */
  static String params(Key key) {
    return key.params().isEmpty()
        ? method(key.benchmark())
        : key.params().entrySet().stream()
            .map(
                param ->
                    switch (param.getKey()) {
                      case "bytes" -> Numbers.size(param.getValue());
                      case "content", "read" ->
                          param.getKey() + " " + Numbers.size(param.getValue());
                      default -> param.getKey() + " " + param.getValue();
                    })
            .collect(Collectors.joining(", "));
  }

  /** Whose it is. */
  static Hue hue(Key key) {
    String link = key.params().getOrDefault("link", "");
    String codec = key.params().getOrDefault("codec", "");
    if (link.startsWith("PLAIN")) {
      return PLAIN;
    }
    boolean peer =
        link.startsWith("BORINGSSL")
            || link.startsWith("JDK_TLS")
            || codec.equals("KRYO")
            || !key.params().getOrDefault("provider", WAGGLES_SEAL).equals(WAGGLES_SEAL);
    return peer ? PEER : WAGGLE;
  }

  /** Where a result stands among its like: by link, then by number. */
  static String order(Measurement one) {
    int link = LINKS.indexOf(one.key().params().getOrDefault("link", ""));
    long bytes = number(one.key().params().getOrDefault("bytes", ""));
    return String.format(Locale.ROOT, "%03d %012d", link + 1, bytes);
  }

  /** A number, or 0. */
  static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  /** The method's name in words: {@code PingBenchmark.underLoad} is {@code under load}. */
  static String words(String benchmark) {
    return method(benchmark).replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  private static String method(String benchmark) {
    return benchmark.substring(benchmark.indexOf('.') + 1);
  }

  /** A message's name in words: {@code GOSSIP_64KIB} is {@code Gossip 64 KiB}. */
  static String message(String constant) {
    return sentence(constant).replaceAll("(\\d)([KM])IB$", "$1 $2iB").replaceAll("(\\d)B$", "$1 B");
  }

  /** A constant's name in words: {@code ANNOUNCE_1024} is {@code Announce 1024}. */
  static String sentence(String constant) {
    String words = constant.replace('_', ' ');
    int space = words.indexOf(' ');
    String first = space < 0 ? words : words.substring(0, space);
    return first.substring(0, 1)
        + first.substring(1).toLowerCase(Locale.ROOT)
        + words.substring(first.length());
  }

  private Names() {}
}
