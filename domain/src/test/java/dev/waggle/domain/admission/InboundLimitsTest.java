package dev.waggle.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.ports.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboundLimitsTest {
  private static final InboundLimits LIMITS = InboundLimits.DEFAULTS;

  /** How many links come in of those who dial, each from the next address. */
  private static int admitted(InboundLimits limits, String format, int times) {
    List<Origin> links = new ArrayList<>(List.of(from("9.9.9.9"), from("2a0f::1")));
    int before = links.size();
    for (int i = 0; i < times; i++) {
      Origin newcomer = from(format.formatted(i % 100));
      if (limits.admits(newcomer, links)) {
        links.add(newcomer);
      }
    }
    return links.size() - before;
  }

  private static Origin from(String host) {
    return Origin.of(new Endpoint(host, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, 8",
    "8.8.8.%d, 16",
    "8.8.%d.8, 32",
    "8.%d.8.8, 400",
    "2a00:1:2:3::%d, 8",
    "2a00:1:2:3%02d::1, 16",
    "2a00:1:%d::1, 32",
    "2a00:%d::1, 400",
    // A tunnel's addresses cost no more than those of IPv4 that they stand for.
    "2002:808:8%02d::1, 16",
    "2002:808:808:%d::1, 8",
    "64:ff9b::8.%d.8.8, 400",
    "64:ff9b::127.0.0.1, 8",
    // What looks like one of ISATAP is chosen by who has the rest of the address.
    "2a00:0:0:%1$02d00:0:5efe:11.%1$d.9.9, 32",
    "10.0.0.1, 8",
    "10.0.0.%d, 400",
    "127.0.0.1, 400",
    "::1, 400",
    "::ffff:127.0.0.1, 400",
  })
  void onePlace_getsSoManyLinks(String format, int expected) {
    assertThat(admitted(LIMITS, format, 400)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "::1"})
  void loopback_isLimitedIfAskedFor(String host) {
    assertThat(admitted(new InboundLimits(3, 5, 7, true), host, 20)).isEqualTo(3);
  }

  @Test
  void linkThatEnds_leavesItsPlaceToAnotherOfTheSameAddress() {
    List<Origin> links = new ArrayList<>();
    while (LIMITS.admits(from("8.8.8.8"), links)) {
      links.add(from("8.8.8.8"));
    }
    assertThat(LIMITS.admits(from("8.8.8.9"), links)).as("of the same subnet").isTrue();
    links.removeFirst();
    assertThat(LIMITS.admits(from("8.8.8.8"), links)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0"})
  void limits_areAtLeastOne(int perAddress, int perSubnet, int perGroup) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new InboundLimits(perAddress, perSubnet, perGroup, false));
  }
}
