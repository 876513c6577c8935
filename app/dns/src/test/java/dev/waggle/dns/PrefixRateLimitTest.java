package dev.waggle.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpSubnet;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PrefixRateLimitTest {
  private static final long START = -5; // Of nanoTime, which may be negative.

  private static final IpSubnet PREFIX = prefix("192.0.2.1");

  private final PrefixRateLimit limit = new PrefixRateLimit(42, START);

  private static IpSubnet prefix(String address) {
    return Networks.of(InetAddress.ofLiteral(address));
  }

  private int allowed(IpSubnet prefix, int times, long now) {
    int allowed = 0;
    for (int i = 0; i < times; i++) {
      allowed += limit.allows(prefix, now) ? 1 : 0;
    }
    return allowed;
  }

  @Test
  void aBurstAndThenTheRate_areAllowed() {
    assertThat(allowed(PREFIX, 1_000, START)).isEqualTo(PrefixRateLimit.BURST);
    assertThat(allowed(PREFIX, 1_000, START + TimeUnit.SECONDS.toNanos(1)))
        .isEqualTo(PrefixRateLimit.PER_SECOND);
    assertThat(allowed(PREFIX, 1_000, START + TimeUnit.HOURS.toNanos(1)))
        .isEqualTo(PrefixRateLimit.BURST);
  }

  @Test
  void anotherNetwork_hasItsOwn() {
    allowed(PREFIX, 1_000, START);
    assertThat(limit.allows(prefix("192.0.3.1"), START)).isTrue();
    assertThat(limit.allows(prefix("2001:db8::1"), START)).isTrue();
  }

  @Test
  void neighbours_areOneNetwork() {
    assertThat(prefix("192.0.2.255")).isEqualTo(PREFIX).isNotEqualTo(prefix("192.0.3.255"));
    assertThat(prefix("2001:db8:1::1"))
        .isEqualTo(prefix("2001:db8:1:ffff:1::9"))
        .isNotEqualTo(prefix("2001:db8:2::1"));
  }

  @Test
  void manyNetworks_takeNoMoreThanTheBuckets() {
    int allowed = 0;
    for (int i = 0; i < 1 << 16; i++) {
      allowed += allowed(new IpSubnet(IpAddress.ofIpv4(i << 8), 24), PrefixRateLimit.BURST, START);
    }
    assertThat(allowed)
        .isLessThanOrEqualTo((1 << 14) * PrefixRateLimit.BURST)
        .isGreaterThan((1 << 13) * PrefixRateLimit.BURST);
  }
}
