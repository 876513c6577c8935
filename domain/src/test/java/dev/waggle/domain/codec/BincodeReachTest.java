package dev.waggle.domain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.testkit.wire.WireBytes;
import dev.waggle.ports.wire.DialOutcome;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages of reachability in Bincode, against bytes derived by hand from its rules. */
class BincodeReachTest {
  private static final String ID =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  private static final IpEndpoint ENDPOINT = new IpEndpoint(IpAddress.ofIpv4(0xC0000207), 0x2328);
  private static final String WRITTEN = "00000000000000000000ffffc0000207" + "2823";

  private final BincodeCodec codec = new BincodeCodec();

  @Test
  void dialRequest_isEndpointAndNonceAndPayment() throws MalformedMessage {
    assertGolden(
        new WireMessage.DialRequest(ENDPOINT, 0x0102030405060708L, Bytes.EMPTY),
        "14000000" + WRITTEN + "0807060504030201" + "0000000000000000");
    assertGolden(
        new WireMessage.DialRequest(ENDPOINT, 1, Bytes.ofHex("aabb")),
        "14000000" + WRITTEN + "0100000000000000" + "0200000000000000" + "aabb");
    assertMalformed(
        "14000000" + WRITTEN.substring(0, 32) + "0000" + "0100000000000000" + "0000000000000000");
  }

  @Test
  void dialBack_isItsNonce() throws MalformedMessage {
    assertGolden(new WireMessage.DialBack(-2), "15000000" + "feffffffffffffff");
  }

  @Test
  void dialResponse_isNonceAndOutcome() throws MalformedMessage {
    assertGolden(
        new WireMessage.DialResponse(1, DialOutcome.REACHED),
        "16000000" + "0100000000000000" + "00");
    assertGolden(
        new WireMessage.DialResponse(1, DialOutcome.NOT_REACHED),
        "16000000" + "0100000000000000" + "01");
    assertGolden(
        new WireMessage.DialResponse(1, DialOutcome.REFUSED),
        "16000000" + "0100000000000000" + "02");
    assertMalformed("16000000" + "0100000000000000" + "03");
  }

  @Test
  void meet_isAListOfPeerIds() throws MalformedMessage {
    assertGolden(new WireMessage.Meet(List.of()), "17000000" + "0000000000000000");
    assertGolden(
        new WireMessage.Meet(List.of(PeerId.ofHex(ID))), "17000000" + "0100000000000000" + ID);
    assertMalformed("17000000" + "0900000000000000" + ID.repeat(9));
  }

  @Test
  void relayed_isAPeerIdAndABody() throws MalformedMessage {
    assertGolden(
        new WireMessage.Relayed(PeerId.ofHex(ID), Bytes.ofHex("aabb")),
        "18000000" + ID + "0200000000000000" + "aabb");
    assertMalformed("18000000" + ID + "0000000000000000");
  }

  private void assertMalformed(String hex) {
    assertThatThrownBy(() -> codec.decode(WireSlice.of(Bytes.ofHex(hex))))
        .isInstanceOf(MalformedMessage.class);
  }

  private void assertGolden(WireMessage message, String expectedHex) throws MalformedMessage {
    WireBytes out = new WireBytes();
    codec.encode(message, out);
    assertThat(Bytes.wrap(out.toArray()).hex()).isEqualTo(expectedHex);
    assertThat(codec.decode(WireSlice.of(Bytes.ofHex(expectedHex)))).isEqualTo(message);
  }
}
