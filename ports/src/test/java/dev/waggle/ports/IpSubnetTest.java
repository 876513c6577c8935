package dev.waggle.ports;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpSubnetTest {
  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "203.0.113.7/32, 203.0.113.7",
    "203.0.113.7/24, 203.0.113.0/24",
    "203.0.113.7/25, 203.0.113.0/25",
    "203.0.113.200/25, 203.0.113.128/25",
    "203.0.113.7/0, 0.0.0.0/0",
    "203.0.113.7/1, 128.0.0.0/1",
    "2001:DB8::1, 2001:db8::1",
    "2001:db8:ffff::1/128, 2001:db8:ffff::1",
    "2001:db8:ffff::1/33, 2001:db8:8000::/33",
    "2001:db8::ffff:0:1/64, 2001:db8::/64",
    "2001:db8::ffff:0:1/65, 2001:db8::/65",
    "2001:db8::ffff:0:0:1/65, 2001:db8:0:0:8000::/65",
    "::1/0, ::/0",
    "::ffff:203.0.113.7, 203.0.113.7",
    "::ffff:203.0.113.7/120, 203.0.113.0/24",
    "::ffff:203.0.113.7/96, 0.0.0.0/0",
  })
  void whatIsParsed_hasOneText(String text, String canonical) {
    assertThat(IpSubnet.parse(text)).hasToString(canonical).isEqualTo(IpSubnet.parse(canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/24",
        "203.0.113/24",
        "203.0.113.0/",
        "203.0.113.0/33",
        "203.0.113.0/-1",
        "203.0.113.0/+1",
        "203.0.113.0/1/1",
        "203.0.113.0/ 1",
        "203.0.113.0/0024",
        "203.0.113.0:9000",
        "2001:db8::/129",
        "2001:db8::/999999999999",
        "fe80::1%eth0",
        "fe80::%eth0/64",
        "::ffff:203.0.113.7/95",
        "::ffff:203.0.113.7/129",
        "name.example",
      })
  void anythingElse_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> IpSubnet.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24, 203.0.113.255, true",
    "203.0.113.0/24, 203.0.112.255, false",
    "203.0.113.0/24, ::ffff:203.0.113.9, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "::/0, ::1, true",
    "::/0, 203.0.113.9, false",
    "::/80, 203.0.113.9, false",
    "2001:db8::/32, 2001:db8:ffff::, true",
    "2001:db8::/32, 2001:db9::, false",
  })
  void oneOfItsAddresses_isInIt(String subnet, String address, boolean in) {
    assertThat(IpSubnet.parse(subnet).contains(requireNonNull(IpAddress.ofLiteral(address))))
        .isEqualTo(in);
  }

  /** By the numbers that the addresses are. */
  @Test
  void everyLengthOfBothFamilies_isAsArithmeticSays() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      IpAddress one =
          random.nextBoolean()
              ? IpAddress.ofIpv4(random.nextInt())
              : new IpAddress(random.nextLong(), random.nextLong());
      int bits = one.isIpv4() ? 32 : 128;
      int length = random.nextInt(bits + 1);
      int flipped = random.nextInt(bits);
      IpAddress other = flip(one, flipped);
      IpSubnet subnet = new IpSubnet(one, length);
      BigInteger expected = number(one).shiftRight(bits - length).shiftLeft(bits - length);

      assertThat(number(subnet.first())).isEqualTo(expected);
      assertThat(subnet.contains(one)).isTrue();
      assertThat(subnet.contains(other)).isEqualTo(bits - 1 - flipped >= length);
      assertThat(IpSubnet.parse(subnet.toString())).isEqualTo(subnet);
      assertThat(IpSubnet.around(other, length)).isEqualTo(new IpSubnet(other, length));
      assertThat(IpSubnet.around(one, bits + 1)).isNull();
    }
  }

  private static IpAddress flip(IpAddress address, int bit) {
    return bit < 64
        ? new IpAddress(address.high(), address.low() ^ 1L << bit)
        : new IpAddress(address.high() ^ 1L << (bit - 64), address.low());
  }

  private static BigInteger number(IpAddress address) {
    return new BigInteger(Long.toUnsignedString(address.high()))
        .shiftLeft(64)
        .add(new BigInteger(Long.toUnsignedString(address.low())));
  }
}
