package dev.waggle.nat.pcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochTest {
  private static final long START = TimeUnit.DAYS.toNanos(3);

  private static long after(long seconds) {
    return START + TimeUnit.SECONDS.toNanos(seconds);
  }

  // RFC 6887 §8.5: 1/16 and 2 s of difference are a clock's, and one second back a datagram's.
  @ParameterizedTest
  @CsvSource({
    "1000, 120, 1120, true",
    "1000,   0,  999, true",
    "1000,   0,  998, false",
    "1000, 120,    0, false",
    "1000, 120,   60, false",
    "1000, 160, 1148, true",
    "1000, 160, 1147, false",
    "1000, 160, 1172, true",
    "1000, 160, 1174, false",
    "1000, 120, 4294967295, false",
    "4294967295, 120, 119, false",
  })
  void pcpRouter_isTheSame_ifItsClockGoesOn(
      long first, long seconds, long second, boolean continued) {
    PcpEpoch epoch = new PcpEpoch();
    assertThat(epoch.isContinued(first, START)).isTrue();
    assertThat(epoch.isContinued(second, after(seconds))).isEqualTo(continued);
  }

  // RFC 6886 §3.6: 7/8 of the time and 2 s.
  @ParameterizedTest
  @CsvSource({
    "1000, 120, 1120, true",
    "1000, 160, 1138, true",
    "1000, 160, 1137, false",
    "1000, 120,    0, false",
    "1000,   0,  998, true",
    "1000,   0,  997, false",
    "1000,  20, 9000, false",
  })
  void natPmpRouter_isTheSame_ifItsClockGoesOn(
      long first, long seconds, long second, boolean continued) {
    NatPmpEpoch epoch = new NatPmpEpoch();
    assertThat(epoch.isContinued(first, START)).isTrue();
    assertThat(epoch.isContinued(second, after(seconds))).isEqualTo(continued);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whatWasHeardLast_isWhatIsComparedWith(boolean pcp) {
    PcpEpoch ofPcp = new PcpEpoch();
    NatPmpEpoch ofNatPmp = new NatPmpEpoch();
    long[] heard = {50_000, 3, 13};
    boolean[] expected = {true, false, true};
    for (int i = 0; i < heard.length; i++) {
      long now = after(10L * i);
      assertThat(pcp ? ofPcp.isContinued(heard[i], now) : ofNatPmp.isContinued(heard[i], now))
          .isEqualTo(expected[i]);
    }
  }
}
