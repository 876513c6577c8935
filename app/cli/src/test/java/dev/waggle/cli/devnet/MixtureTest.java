package dev.waggle.cli.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigKeys;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixtureTest {
  @Test
  void nothingMixed_isTheTemplate() {
    CliConfig template = CliConfig.builder().set(ConfigKeys.NETWORK, "other").build();
    assertThat(configs(2, template, Set.of())).containsOnly(template);
  }

  @Test
  void transports_takeTurns() {
    assertThat(configs(4, CliConfig.defaults(), Set.of(ConfigKeys.TRANSPORT)))
        .extracting(config -> config.node().transport())
        .containsExactly("netty", "nio", "netty", "nio");
  }

  @Test
  void suites_areThoseOfTheTemplatesAlgorithm_eachPreferredInTurn() {
    String standard = "mlkem768-mldsa65";
    String hybrid = "x25519mlkem768-mldsa65";
    assertThat(configs(3, CliConfig.defaults(), Set.of(ConfigKeys.SUITE)))
        .extracting(config -> config.node().suites())
        .containsExactly(
            List.of(standard, hybrid), List.of(hybrid, standard), List.of(standard, hybrid));
  }

  @Test
  void codecs_areAllThatThereAre_atEveryNode() {
    List<CliConfig> configs = configs(4, CliConfig.defaults(), Set.of(ConfigKeys.CODEC));
    assertThat(configs)
        .extracting(config -> config.node().codecs())
        .allSatisfy(
            codecs ->
                assertThat(codecs)
                    .contains("bincode")
                    .containsExactlyInAnyOrderElementsOf(configs.getFirst().node().codecs()));
  }

  @Test
  void crypto_alternatesBetweenTheProviders() {
    assertThat(configs(4, CliConfig.defaults(), Set.of(ConfigKeys.CRYPTO)))
        .extracting(config -> config.node().crypto())
        .containsExactly(CryptoChoice.JDK, CryptoChoice.BC, CryptoChoice.JDK, CryptoChoice.BC);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, 01010101",
    "1, 2, 01100110",
    "2, 2, 01011010",
    "0, 3, 012012012",
    "1, 3, 012120201",
    "3, 1, 0000"
  })
  void firstRound_hasEachChoiceOnce_andPlacesDoNotGoInStep(int place, int choices, String turns) {
    String actual =
        IntStream.range(0, turns.length())
            .mapToObj(node -> Integer.toString(Mixture.turn(node, place, choices)))
            .collect(Collectors.joining());
    assertThat(actual).isEqualTo(turns);
  }

  @Test
  void keyThatCannotBeMixed_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DevnetPlan(
                    2,
                    1,
                    Duration.ofSeconds(1),
                    CliConfig.defaults(),
                    Set.of(CliKeys.NETTY_IO),
                    null,
                    null));
  }

  private static List<CliConfig> configs(int nodes, CliConfig template, Set<ConfigKey<?>> mixed) {
    Mixture mixture = new Mixture(template, mixed);
    return IntStream.range(0, nodes).mapToObj(mixture::configOf).toList();
  }
}
