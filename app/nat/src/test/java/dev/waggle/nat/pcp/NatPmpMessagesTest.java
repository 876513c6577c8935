package dev.waggle.nat.pcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.nat.pcp.NatPmpMessages.Reply;
import dev.waggle.nat.support.Recorded;
import dev.waggle.ports.IpAddress;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NatPmpMessagesTest {
  @Test
  void requests_areTheBytesThatARealRouterUnderstood() {
    assertThat(NatPmpMessages.externalAddressRequest()).isEqualTo(Recorded.question("natpmp-addr"));
    assertThat(NatPmpMessages.mapRequest(30303, 30303, 7200))
        .isEqualTo(Recorded.question("natpmp-map"));
    assertThat(NatPmpMessages.mapRequest(30303, 0, 0))
        .isEqualTo(Recorded.question("natpmp-delete"));
  }

  @Test
  void recordedAnswers_areRead() {
    assertThat(NatPmpMessages.readExternalAddress(Recorded.answer("natpmp-addr")))
        .isEqualTo(new Reply.External(0x66, IpAddress.ofIpv4(0x0B162101)));
    assertThat(NatPmpMessages.readMapped(Recorded.answer("natpmp-map"), 30303))
        .isEqualTo(new Reply.Mapped(0x66, 30304, 7200));
    assertThat(NatPmpMessages.readMapped(Recorded.answer("natpmp-delete"), 30303))
        .isEqualTo(new Reply.Mapped(0x66, 0, 0));
  }

  @Test
  void everyByteThatTiesAnAnswerToItsQuestion_counts() {
    for (int i : List.of(0, 1, 8, 9)) {
      byte[] answer = Recorded.answer("natpmp-map");
      answer[i] ^= 1;
      assertThat(NatPmpMessages.readMapped(answer, 30303)).as("byte %d", i).isNull();
    }
    assertThat(NatPmpMessages.readMapped(Recorded.answer("natpmp-addr"), 30303)).isNull();
    assertThat(NatPmpMessages.readExternalAddress(Recorded.answer("natpmp-map"))).isNull();
  }

  @Test
  void answersOfWrongLength_areNone() {
    byte[] address = Recorded.answer("natpmp-addr");
    byte[] mapped = Recorded.answer("natpmp-map");
    for (int length = 0; length <= 40; length++) {
      assertThat(NatPmpMessages.readExternalAddress(Arrays.copyOf(address, length)) != null)
          .isEqualTo(length == 12);
      assertThat(NatPmpMessages.readMapped(Arrays.copyOf(mapped, length), 30303) != null)
          .isEqualTo(length == 16);
    }
  }

  @Test
  void errors_haveEightBytesAtLeast() {
    byte[] error = {0, (byte) 130, 0, 3, 0, 0, 0, 7};
    assertThat(NatPmpMessages.readMapped(error, 30303)).isEqualTo(new Reply.Refusal(7, 3));
    assertThat(NatPmpMessages.readMapped(Arrays.copyOf(error, 16), 30303))
        .isEqualTo(new Reply.Refusal(7, 3));
    assertThat(NatPmpMessages.readMapped(Arrays.copyOf(error, 7), 30303)).isNull();
  }

  @Property(tries = 500)
  void garbage_isNoGrant(@ForAll @Size(max = 20) byte[] datagram) {
    assertThat(NatPmpMessages.readMapped(datagram, 30303) instanceof Reply.Mapped).isFalse();
  }
}
