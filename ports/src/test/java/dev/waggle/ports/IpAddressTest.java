package dev.waggle.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  private static final int ROUNDS = 10_000;

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "192.0.2.1, 192.0.2.1",
    "255.255.255.255, 255.255.255.255",
    "010.001.0.9, 10.1.0.9", // decimal, as the resolver of Java reads it
    "::ffff:192.0.2.1, 192.0.2.1",
    "::ffff:c000:201, 192.0.2.1",
    "0:0:0:0:0:FFFF:192.0.2.1, 192.0.2.1",
    "::192.0.2.1, ::c000:201", // another address than 192.0.2.1
    "::1:ffff:192.0.2.1, ::1:ffff:c000:201",
    "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "0:0:0:0:0:0:0:0, ::",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "2001:DB8::00A1, 2001:db8::a1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1", // a single group of zeros is written out
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1", // the longest run is left out,
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1", // and the first of two
    "0:0:1:0:0:0:0:0, 0:0:1::",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fe80::1%eth0, fe80::1",
    "fe80::1%3, fe80::1",
    "192.0.2.1%eth0, 192.0.2.1",
  })
  void literal_hasOneText(String literal, String text) {
    assertThat(IpAddress.ofLiteral(literal)).hasToString(text);
    assertThat(IpAddress.ofLiteral(text)).isEqualTo(IpAddress.ofLiteral(literal));
  }

  @Test
  void literal_isTheNumberOfItsBits() {
    assertThat(IpAddress.ofLiteral("102:304:506:708:90a:b0c:d0e:f10"))
        .isEqualTo(new IpAddress(0x0102_0304_0506_0708L, 0x090A_0B0C_0D0E_0F10L));
    assertThat(IpAddress.ofLiteral("255.2.3.4"))
        .isEqualTo(IpAddress.ofIpv4(0xFF02_0304))
        .isEqualTo(new IpAddress(0, 0xFFFF_FF02_0304L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "%",
        "%eth0",
        "localhost",
        "example.org",
        "cafe",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.-4",
        "+1.2.3.4",
        "1.2.3.",
        "1..3.4",
        "0001.2.3.4",
        "0x1.2.3.4",
        " 1.2.3.4",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "::g",
        "::-1",
        "1:2:3:4:5:6:7:8::",
        "1:2:3:4::5:6:7:8",
        "1:2:3:4:5:6:7:192.0.2.1",
        "1:2:3:4:5:6:7:8:192.0.2.1",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:",
        "::1.2.3",
        "::1.2.3.256",
        "1.2.3.4::",
        "::1.2.3.4:5",
        ":",
        ":::",
        "[::1]",
        "٣.1.1.1",
        "::٣"
      })
  void whateverElse_isNoLiteral(String text) {
    assertThat(IpAddress.ofLiteral(text)).isNull();
  }

  @Test
  void anyAddress_comesBackFromItsText_andTheResolverOfJavaReadsTheSame() throws Exception {
    SplittableRandom random = new SplittableRandom(13);
    for (int round = 0; round < ROUNDS; round++) {
      IpAddress address = any(random);

      assertThat(IpAddress.ofLiteral(address.toString())).isEqualTo(address);
      assertThat(IpAddress.ofLiteral(longForm(address))).isEqualTo(address);
      assertThat(InetAddress.getByName(address.toString()).getAddress()).isEqualTo(bytes(address));
    }
  }

  /** Half of the groups are zero, so that there are runs of all lengths; a few are of IPv4. */
  private static IpAddress any(SplittableRandom random) {
    if (random.nextInt(8) == 0) {
      return IpAddress.ofIpv4(random.nextInt());
    }
    long[] halves = new long[2];
    for (int group = 0; group < 8; group++) {
      int bits = random.nextBoolean() ? 0 : random.nextInt(1 << random.nextInt(1, 17));
      halves[group / 4] = halves[group / 4] << 16 | bits;
    }
    return new IpAddress(halves[0], halves[1]);
  }

  private static String longForm(IpAddress address) {
    String digits = "%016x%016x".formatted(address.high(), address.low());
    return digits.replaceAll("(....)(?!$)", "$1:");
  }

  private static byte[] bytes(IpAddress address) {
    return address.isIpv4()
        ? ByteBuffer.allocate(4).putInt(address.ipv4Bits()).array()
        : ByteBuffer.allocate(16).putLong(address.high()).putLong(address.low()).array();
  }

  @Test
  void text_isTheSameInEveryLanguage() {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(literal("192.0.2.1")).hasToString("192.0.2.1");
      assertThat(literal("2001:db8::1")).hasToString("2001:db8::1");
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }

  @Test
  void ipv4_isWhatIsMappedOnly() {
    assertThat(literal("192.0.2.1").isIpv4()).isTrue();
    assertThat(literal("192.0.2.1").ipv4Bits()).isEqualTo(0xC000_0201);
    assertThat(literal("::192.0.2.1").isIpv4()).isFalse();
    assertThat(literal("::1:ffff:192.0.2.1").isIpv4()).isFalse();
    assertThat(literal("1::ffff:192.0.2.1").isIpv4()).isFalse();
    assertThatIllegalStateException()
        .isThrownBy(() -> literal("2001:db8::1").ipv4Bits())
        .withMessageContaining("2001:db8::1");
  }

  @Test
  void order_isThatOfTheNumbersWithoutSign() {
    assertThat(literal("::1"))
        .isLessThan(literal("::8000:0:0:1"))
        .isLessThan(literal("1::"))
        .isEqualByComparingTo(literal("0::1"));
    assertThat(literal("ffff::")).isGreaterThan(literal("7fff::"));
    assertThat(literal("200.0.0.1")).isGreaterThan(literal("100.0.0.1"));
  }

  private static IpAddress literal(String text) {
    @Nullable IpAddress address = IpAddress.ofLiteral(text);
    assertThat(address).isNotNull();
    return address;
  }
}
