package dev.waggle.domain.admission;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpSubnet;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Ban;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BansTest {
  private final Bans bans = new Bans();
  private long now = Long.MAX_VALUE - Duration.ofSeconds(50).toNanos(); // Soon runs over.

  private static PeerId peer(int number) {
    return new PeerId(Bytes.wrap(ByteBuffer.allocate(PeerId.LENGTH).putInt(number).array()));
  }

  private static IpAddress ip(String literal) {
    return requireNonNull(IpAddress.ofLiteral(literal));
  }

  private static Ban ban(Ban.Subject subject, long seconds, String reason) {
    return new Ban(subject, Ban.Kind.OPERATOR, seconds, reason);
  }

  private boolean add(String subject, long seconds) {
    return add(subject, seconds, "why not");
  }

  private boolean add(String subject, long seconds, String reason) {
    return bans.add(ban(Ban.Subject.parse(subject), seconds, reason), now);
  }

  private boolean isBanned(String address) {
    boolean banned = bans.until(ip(address), now).isPresent();
    assertThat(bans.addresses().contains(ip(address), now)).isEqualTo(banned);
    return banned;
  }

  @ParameterizedTest
  @CsvSource({
    "20.0.0.1, 20.0.0.1, true",
    "20.0.0.1, 20.0.0.2, false",
    "20.0.0.1, ::ffff:20.0.0.1, true",
    "::ffff:20.0.0.1, 20.0.0.1, true",
    "20.0.0.0/24, 20.0.0.255, true",
    "20.0.0.0/24, ::ffff:20.0.0.255, true",
    "20.0.0.0/24, 20.0.1.0, false",
    "0.0.0.0/0, 127.0.0.1, true",
    "0.0.0.0/0, ::1, false",
    "::/0, ::1, true",
    "::/0, 20.0.0.1, false",
    "127.0.0.0/8, 127.9.9.9, true",
    "10.0.0.0/8, 10.1.1.1, true",
    "192.168.0.0/15, 192.169.255.255, true",
    "fe80::/10, febf::1, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "2001:db8::1, 2001:db8::2, false",
  })
  void anAddress_isBannedWithItsSubnet(String subject, String address, boolean banned) {
    add(subject, 100);
    assertThat(isBanned(address)).isEqualTo(banned);
  }

  @Test
  void aBan_endsWhenItsTimeIsOver() {
    add("20.0.0.0/8", 100);
    bans.add(ban(new Ban.Peer(peer(1)), 100, "x"), now);
    now += Duration.ofSeconds(100).toNanos() - 1;
    assertThat(isBanned("20.0.0.1")).isTrue();
    assertThat(bans.until(peer(1), now)).hasValue(now + 1);
    assertThat(bans.all(now)).extracting(Ban::secondsLeft).containsExactly(1L, 1L);
    now++;
    assertThat(isBanned("20.0.0.1")).isFalse();
    assertThat(bans.until(peer(1), now)).isEmpty();
    assertThat(bans.all(now)).isEmpty();
    assertThat(bans.remove(new Ban.Peer(peer(1)), now)).as("there was none").isFalse();
  }

  @Test
  void ofTwoForTheSameSubject_theLaterCounts() {
    add("20.0.0.1", 100, "first");
    add("20.0.0.1", 50, "shorter");
    assertThat(bans.all(now)).containsExactly(ban(Ban.Subject.parse("20.0.0.1"), 100, "first"));
    add("::ffff:20.0.0.1", 150, "longer");
    assertThat(bans.all(now)).containsExactly(ban(Ban.Subject.parse("20.0.0.1"), 150, "longer"));
  }

  @Test
  void ofTwoThatHoldTheSameAddress_theLaterCounts_andEachIsTakenBackByItself() {
    add("20.0.0.0/8", 100);
    add("20.0.0.1", 50);
    assertThat(bans.until(ip("20.0.0.1"), now)).hasValue(now + Duration.ofSeconds(100).toNanos());
    assertThat(bans.remove(Ban.Subject.parse("20.0.0.0/8"), now)).isTrue();
    assertThat(bans.until(ip("20.0.0.1"), now)).hasValue(now + Duration.ofSeconds(50).toNanos());
    assertThat(isBanned("20.0.0.2")).isFalse();
    assertThat(bans.remove(Ban.Subject.parse("20.0.0.0/8"), now)).isFalse();
    assertThat(bans.remove(Ban.Subject.parse("20.0.0.1"), now)).isTrue();
    assertThat(isBanned("20.0.0.1")).isFalse();
  }

  @Test
  void thereAreAtMostSoMany_andThoseThatAreOverMakeRoom() {
    for (int i = 0; i < Bans.MAX; i++) {
      assertThat(bans.add(ban(new Ban.Peer(peer(i)), 100 + i % 2, "x"), now)).isTrue();
    }
    assertThat(add("20.0.0.1", 100)).isFalse();
    assertThat(isBanned("20.0.0.1")).isFalse();
    assertThat(bans.add(ban(new Ban.Peer(peer(1)), 500, "known"), now)).isTrue();
    now += Duration.ofSeconds(100).toNanos();
    assertThat(add("20.0.0.1", 100)).isTrue();
    assertThat(isBanned("20.0.0.1")).isTrue();
    assertThat(bans.all(now)).hasSize(Bans.MAX / 2 + 1);
  }

  /** For whoever accepts connections: what it holds does not change under its hands. */
  @Test
  void theAddresses_areAsTheyWereWhenTheyWereAsked() {
    BannedAddresses none = bans.addresses();
    assertThat(none).isSameAs(bans.addresses());
    add("20.0.0.1", 100);
    BannedAddresses one = bans.addresses();
    assertThat(one).isNotSameAs(none).isSameAs(bans.addresses());
    assertThat(none.contains(ip("20.0.0.1"), now)).isFalse();
    bans.remove(Ban.Subject.parse("20.0.0.1"), now);
    assertThat(one.contains(ip("20.0.0.1"), now)).isTrue();
    assertThat(bans.addresses().contains(ip("20.0.0.1"), now)).isFalse();
  }

  @Test
  void theAddressesOfAMemory_areThoseThatTheOperatorHasBanned() {
    List<Ban> memory =
        List.of(
            ban(Ban.Subject.parse("20.0.0.0/8"), 100, "x"),
            ban(new Ban.Peer(peer(1)), 100, "x"),
            new Ban(Ban.Subject.parse("30.0.0.1"), Ban.Kind.DISCOURAGED, 100, "x"));
    BannedAddresses addresses = BannedAddresses.of(memory, now);
    assertThat(addresses.contains(ip("20.0.0.1"), now)).isTrue();
    assertThat(addresses.contains(ip("30.0.0.1"), now)).isFalse();
    assertThat(BannedAddresses.NONE.contains(ip("20.0.0.1"), now)).isFalse();
  }

  /** As if each were looked at. */
  @Test
  void tenThousandOfAnyLength_areFoundAsALinearSearchFindsThem() {
    Random random = new Random(1);
    List<IpSubnet> subnets = new ArrayList<>();
    for (int i = 0; i < Bans.MAX; i++) {
      IpAddress address = address(random);
      int length = address.isIpv4() ? 21 + random.nextInt(12) : 61 + random.nextInt(68);
      IpSubnet subnet = new IpSubnet(address, length);
      subnets.add(subnet);
      assertThat(bans.add(ban(new Ban.Subnet(subnet), 100, "x"), now)).isTrue();
    }
    int found = 0;
    for (int i = 0; i < 2_000; i++) {
      IpAddress address = address(random);
      boolean expected = subnets.stream().anyMatch(subnet -> subnet.contains(address));
      assertThat(bans.addresses().contains(address, now)).isEqualTo(expected);
      found += expected ? 1 : 0;
    }
    assertThat(found).isBetween(100, 1_900);
  }

  /** Close together, so that many are in some subnet. */
  private static IpAddress address(Random random) {
    return random.nextBoolean()
        ? IpAddress.ofIpv4(0x14000000 | random.nextInt(1 << 24))
        : new IpAddress(0x2001_0DB8_0000_0000L | random.nextInt(1 << 12), random.nextLong());
  }
}
