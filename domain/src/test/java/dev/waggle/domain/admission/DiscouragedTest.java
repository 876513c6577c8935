package dev.waggle.domain.admission;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpSubnet;
import dev.waggle.ports.node.Ban;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscouragedTest {
  private final Discouraged discouraged = new Discouraged();
  private long now = Long.MAX_VALUE - Duration.ofHours(1).toNanos(); // Soon runs over.

  private static IpAddress ip(String literal) {
    return requireNonNull(IpAddress.ofLiteral(literal));
  }

  private void add(String address) {
    discouraged.add(ip(address), "4 x that", now);
  }

  private boolean contains(String address) {
    return discouraged.contains(ip(address), now);
  }

  @ParameterizedTest
  @CsvSource({
    "20.0.0.1, 20.0.0.1, true",
    "20.0.0.1, ::ffff:20.0.0.1, true",
    "20.0.0.1, 20.0.0.2, false",
    "2a00:1:2:3::1, 2a00:1:2:3:ffff::2, true",
    "2a00:1:2:3::1, 2a00:1:2:4::1, false",
    "20.0.0.1, 2002:1400:1:5::9, true",
    "64:ff9b::20.0.0.1, 64:ff9b::20.0.0.2, false",
  })
  void anAddress_isDiscouragedWithWhatOneMachineMayHave(
      String offender, String address, boolean expected) {
    add(offender);
    assertThat(contains(address)).isEqualTo(expected);
  }

  /** There may be a whole network behind it. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "10.0.0.1", "192.168.1.1", "fe80::1", "fd00::1"})
  void anAddressOfOnesOwn_neverIs(String address) {
    add(address);
    assertThat(contains(address)).isFalse();
    assertThat(discouraged.all(now)).isEmpty();
  }

  @Test
  void itLastsADay_fromTheLastTime() {
    add("20.0.0.1");
    now += Duration.ofHours(1).toNanos();
    add("20.0.0.1");
    now += Duration.ofHours(24).toNanos() - 1;
    assertThat(contains("20.0.0.1")).isTrue();
    assertThat(discouraged.all(now))
        .containsExactly(
            new Ban(Ban.Subject.parse("20.0.0.1"), Ban.Kind.DISCOURAGED, 1, "4 x that"));
    now++;
    assertThat(contains("20.0.0.1")).isFalse();
    assertThat(discouraged.all(now)).isEmpty();
    assertThat(discouraged.remove(IpSubnet.parse("20.0.0.1"), now)).isFalse();
  }

  @Test
  void whoHasNetworksOfItsOwn_pushesOutItsOwnAddressesOnly() {
    add("20.0.0.1");
    add("2a00:1::1");
    for (int i = 0; i < 3 * Discouraged.MAX; i++) {
      discouraged.add(new IpAddress(0x2a00_0002_0000_0000L | i, 1), "x", now);
    }
    assertThat(discouraged.all(now)).hasSize(Discouraged.MAX);
    assertThat(contains("20.0.0.1")).isTrue();
    assertThat(contains("2a00:1::1")).isTrue();
    assertThat(
            discouraged.contains(
                new IpAddress(0x2a00_0002_0000_0000L + 3 * Discouraged.MAX - 1, 1), now))
        .isTrue();
    assertThat(discouraged.contains(new IpAddress(0x2a00_0002_0000_0000L, 1), now)).isFalse();
  }

  @Test
  void whenAllGroupsAreAlike_theOneThatWasDiscouragedFirstGoes() {
    for (int i = 0; i <= Discouraged.MAX; i++) {
      discouraged.add(new IpAddress(0x2a00_0000_0000_0000L | (long) i << 32, 1), "x", now);
    }
    assertThat(discouraged.all(now)).hasSize(Discouraged.MAX);
    assertThat(contains("2a00::1")).isFalse();
    assertThat(contains("2a00:1::1")).isTrue();
  }

  @Test
  void thoseThatAreOver_makeRoomFirst() {
    add("20.0.0.1");
    now += Duration.ofHours(24).toNanos();
    for (int i = 0; i < Discouraged.MAX; i++) {
      discouraged.add(new IpAddress(0x2a00_0000_0000_0000L | i, 1), "x", now);
    }
    assertThat(discouraged.all(now)).hasSize(Discouraged.MAX);
    assertThat(contains("2a00::1")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "20.0.0.1, true",
    "20.0.0.0/24, true",
    "0.0.0.0/0, true",
    "20.0.0.2, false",
    "2a00:1:2:3::9, true",
    "2a00:1:2:3::/64, true",
    "2a00:1::/32, true",
    "2a00:1:2:4::/64, false",
    "::/0, true",
  })
  void theOperator_forgivesAnAddressOrASubnet(String subnet, boolean any) {
    add("20.0.0.1");
    add("2a00:1:2:3::1");
    assertThat(discouraged.remove(IpSubnet.parse(subnet), now)).isEqualTo(any);
    assertThat(discouraged.all(now)).hasSize(any ? 1 : 2);
  }
}
