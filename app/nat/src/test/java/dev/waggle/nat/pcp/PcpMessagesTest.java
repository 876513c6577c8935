package dev.waggle.nat.pcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.nat.pcp.PcpMessages.MapRequest;
import dev.waggle.nat.pcp.PcpMessages.Reply;
import dev.waggle.nat.support.PcpAnswers;
import dev.waggle.nat.support.Recorded;
import dev.waggle.ports.IpAddress;
import java.util.Arrays;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PcpMessagesTest {
  private static final byte[] NONCE = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  private static final IpAddress ANY_IPV4 = IpAddress.ofIpv4(0);

  private static IpAddress address(String literal) {
    return Objects.requireNonNull(IpAddress.ofLiteral(literal));
  }

  private static MapRequest request(int suggestedPort) {
    return new MapRequest(address("192.168.77.2"), NONCE, 30303, suggestedPort, ANY_IPV4);
  }

  @Test
  void requests_areTheBytesThatARealRouterUnderstood() {
    assertThat(request(30303).bytes(7200)).isEqualTo(Recorded.question("pcp-map"));
    assertThat(request(0).bytes(0)).isEqualTo(Recorded.question("pcp-delete"));
    assertThat(PcpMessages.announce(address("192.168.77.2")))
        .isEqualTo(Recorded.question("pcp-announce"));
    MapRequest ipv6 =
        new MapRequest(address("2a0f:77::2"), NONCE, 30303, 30303, new IpAddress(0, 0));
    assertThat(ipv6.bytes(7200)).isEqualTo(Recorded.question("pcp6-map"));
  }

  @Test
  void recordedAnswers_areRead() {
    assertThat(PcpMessages.readMapped(Recorded.answer("pcp-map"), request(30303)))
        .isEqualTo(new Reply.Mapped(new Reply.Header(0, 7200, 0x66), address("11.22.33.1"), 30304));
    assertThat(PcpMessages.readMapped(Recorded.answer("pcp6-map"), request(30303)))
        .isEqualTo(new Reply.Mapped(new Reply.Header(0, 7200, 0x66), address("2a0f:77::2"), 30303));
    assertThat(PcpMessages.readAnnounced(Recorded.answer("pcp-announce")))
        .isEqualTo(new Reply.Header(0, 0, 0x66));
    MapRequest other = new MapRequest(address("192.168.77.9"), NONCE, 30304, 0, ANY_IPV4);
    assertThat(PcpMessages.readMapped(Recorded.answer("pcp-mismatch"), other))
        .isInstanceOfSatisfying(
            Reply.Mapped.class,
            mapped ->
                assertThat(PcpMessages.words(mapped.header().result()))
                    .contains("ADDRESS_MISMATCH"));
  }

  @Test
  void answerOfNatPmpOnly_isAnotherVersion() {
    // RFC 6886 §3.5: version 0, any opcode, result 1, the epoch.
    byte[] answer = {0, (byte) 0x81, 0, 1, 0, 0, 0, 9};
    assertThat(PcpMessages.readMapped(answer, request(0))).isEqualTo(new Reply.OtherVersion(true));
  }

  @Test
  void answerOfAnotherPcp_isAnotherVersion_onlyIfItSaysSo() {
    byte[] answer = Recorded.answer("pcp-map");
    answer[0] = 3;
    assertThat(PcpMessages.readMapped(answer, request(0))).isNull();
    answer[3] = 1;
    assertThat(PcpMessages.readMapped(answer, request(0))).isEqualTo(new Reply.OtherVersion(false));
  }

  @Test
  void everyByteThatTiesAnAnswerToItsQuestion_counts() {
    for (int i = 0; i < PcpMessages.MAP_BYTES; i++) {
      byte[] answer = Recorded.answer("pcp-map");
      answer[i] ^= 0x10;
      boolean tied =
          i < 2
              || (i >= PcpAnswers.NONCE && i <= PcpAnswers.PROTOCOL)
              || i == PcpAnswers.INTERNAL_PORT
              || i == PcpAnswers.INTERNAL_PORT + 1;
      Object reply = PcpMessages.readMapped(answer, request(0));
      assertThat(reply == null).as("byte %d", i).isEqualTo(tied);
    }
  }

  @Test
  void answerWithoutTheBitOfAnswers_isNone() {
    assertThat(PcpMessages.readMapped(Recorded.question("pcp-map"), request(0))).isNull();
  }

  @Test
  void answersOfWrongLength_areNone() {
    byte[] answer = Recorded.answer("pcp-map");
    for (int length = 0; length < answer.length; length++) {
      assertThat(PcpMessages.readMapped(Arrays.copyOf(answer, length), request(0)))
          .as("%d bytes", length)
          .isNull();
    }
    assertThat(PcpMessages.readMapped(Arrays.copyOf(answer, 61), request(0))).isNull();
    assertThat(PcpMessages.readMapped(Arrays.copyOf(answer, 1104), request(0))).isNull();
    // An option that we did not ask for may follow.
    assertThat(PcpMessages.readMapped(Arrays.copyOf(answer, 1100), request(0))).isNotNull();
  }

  @Test
  void times_areWithoutASign() {
    byte[] answer = Recorded.answer("pcp-map");
    Arrays.fill(answer, 4, 12, (byte) 0xFF);
    assertThat(PcpMessages.readMapped(answer, request(0)))
        .isInstanceOfSatisfying(
            Reply.Mapped.class,
            mapped ->
                assertThat(mapped.header())
                    .isEqualTo(new Reply.Header(0, 0xFFFF_FFFFL, 0xFFFF_FFFFL)));
  }

  @Property(tries = 500)
  void garbage_isNoAnswer(@ForAll @Size(max = 80) byte[] datagram) {
    assertThat(PcpMessages.readMapped(datagram, request(0)) instanceof Reply.Mapped).isFalse();
    Object announced = PcpMessages.readAnnounced(datagram);
    assertThat(announced == null || datagram.length >= 8).isTrue();
  }

  @Property(tries = 200)
  void everyResult_hasWords(@ForAll @IntRange(min = 1, max = 255) int result) {
    assertThat(PcpMessages.words(result)).isNotBlank().doesNotEndWith(".");
  }
}
