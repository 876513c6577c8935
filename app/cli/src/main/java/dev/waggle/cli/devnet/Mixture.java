package dev.waggle.cli.devnet;

import dev.waggle.cli.config.CliConfig;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.wiring.Catalogue;
import dev.waggle.ports.crypto.CipherSuite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the nodes of a devnet differ in: each mixed key goes through its choices, node by node.
 *
 * <p>The first mixed key takes them in turn. The next one skips a choice after each full round, the
 * one after it after each round of rounds, and so on: else two keys would go in step, and one codec
 * never meet the other transport.
 */
public final class Mixture {
  /** What stands for all choices of a key; on the command line of devnet only. */
  public static final String WORD = "mixed";

  /** The keys that can be mixed. */
  public static final List<ConfigKey<?>> KEYS =
      List.of(ConfigKeys.TRANSPORT, ConfigKeys.SUITE, ConfigKeys.CODEC, ConfigKeys.CRYPTO);

  /** A key, and the values that the nodes have for it. */
  private record Choices<T>(ConfigKey<T> key, List<T> values) {
    void set(CliConfig.Builder config, int node, int place) {
      config.set(key, values.get(turn(node, place, values.size())));
    }
  }

  private final CliConfig template;
  private final List<Choices<?>> mixed = new ArrayList<>();

  /**
   * @param template what the nodes have in common
   * @param keys those that are mixed instead, all of {@link #KEYS}
   * @throws dev.waggle.node.config.ConfigProblem if the class path offers what does not fit
   */
  Mixture(CliConfig template, Set<ConfigKey<?>> keys) {
    this.template = template;
    if (keys.isEmpty()) {
      return;
    }
    Catalogue catalogue = Catalogue.of(template.node());
    if (keys.contains(ConfigKeys.TRANSPORT)) {
      mixed.add(new Choices<>(ConfigKeys.TRANSPORT, catalogue.transports().names()));
    }
    if (keys.contains(ConfigKeys.SUITE)) {
      mixed.add(new Choices<>(ConfigKeys.SUITE, preferences(suites(catalogue))));
    }
    if (keys.contains(ConfigKeys.CODEC)) {
      mixed.add(new Choices<>(ConfigKeys.CODEC, preferences(catalogue.codecs().names())));
    }
    if (keys.contains(ConfigKeys.CRYPTO)) {
      mixed.add(new Choices<>(ConfigKeys.CRYPTO, List.of(CryptoChoice.JDK, CryptoChoice.BC)));
    }
  }

  /** The suites that sign as the preferred one does: a node has one identity, with one key. */
  private List<String> suites(Catalogue catalogue) {
    String algorithm = algorithm(catalogue.suite(template.node().suites().getFirst()));
    return catalogue.suites().names().stream()
        .filter(name -> algorithm(catalogue.suite(name)).equals(algorithm))
        .toList();
  }

  private static String algorithm(CipherSuite suite) {
    return suite.signature().algorithm();
  }

  /** All of them, in as many orders as there are names, each of which leads one. */
  private static List<List<String>> preferences(List<String> names) {
    return IntStream.range(0, names.size())
        .mapToObj(
            first -> {
              List<String> rotated = new ArrayList<>(names);
              Collections.rotate(rotated, -first);
              return List.copyOf(rotated);
            })
        .toList();
  }

  /**
   * Which of its choices a key has at a node.
   *
   * @param place of the key among those that are mixed
   */
  static int turn(int node, int place, int choices) {
    int round = 1;
    for (int i = 0; i < place; i++) {
      round *= choices;
    }
    int skipped = place == 0 ? 0 : node / round;
    return (node + skipped) % choices;
  }

  CliConfig configOf(int node) {
    CliConfig.Builder config = template.toBuilder();
    for (int place = 0; place < mixed.size(); place++) {
      mixed.get(place).set(config, node, place);
    }
    return config.build();
  }
}
