package dev.waggle.ports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.ports.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The messages by which a node catches up. */
class HeaderMessagesTest {
  private static final MessageId ID = new MessageId(1, 2, 3, 4);

  @Test
  void getHeaders_hasALocatorOf1To64Ids() {
    assertAllowed(() -> getHeaders(1, 1));
    assertAllowed(() -> getHeaders(64, 1));
    assertRefused(() -> getHeaders(0, 1));
    assertRefused(() -> getHeaders(65, 1));
  }

  @Test
  void getHeaders_asksFor2048AtMost_orForNone() {
    assertAllowed(() -> getHeaders(1, 0));
    assertAllowed(() -> getHeaders(1, 2048));
    assertRefused(() -> getHeaders(1, -1));
    assertRefused(() -> getHeaders(1, 2049));
  }

  @Test
  void headers_are256AtMost_orNone() {
    assertAllowed(() -> headers(0, 0, 1));
    assertAllowed(() -> headers(0, 256, 1));
    assertRefused(() -> headers(0, 257, 1));
  }

  @Test
  void headers_eachHave1To1024Bytes() {
    assertAllowed(() -> headers(0, 2, 1024));
    assertRefused(() -> headers(0, 2, 0));
    assertRefused(() -> headers(0, 2, 1025));
    List<Bytes> lastIsEmpty = List.of(Bytes.ofHex("aa"), Bytes.EMPTY);
    assertRefused(() -> new WireMessage.Headers(ID, 0, lastIsEmpty));
  }

  @Test
  void further_isAnUnsignedNumberOfFourBytes() {
    assertThat(headers(0xFFFF_FFFFL, 1, 1).further()).isEqualTo(WireMessage.Headers.MAX_FURTHER);
    assertRefused(() -> headers(0x1_0000_0000L, 1, 1));
    assertRefused(() -> headers(-1, 1, 1));
  }

  @Test
  void lists_areNobodyElsesToChange() {
    List<MessageId> locator = new ArrayList<>(List.of(ID));
    List<Bytes> headers = new ArrayList<>(List.of(Bytes.ofHex("aa")));
    WireMessage.GetHeaders ask = new WireMessage.GetHeaders(locator, 1);
    WireMessage.Headers answer = new WireMessage.Headers(ID, 0, headers);
    locator.clear();
    headers.clear();

    assertThat(ask.locator()).hasSize(1);
    assertThat(answer.headers()).hasSize(1);
  }

  @Test
  void messages_belongToTheFeatureThatBringsThem() {
    assertThat(Feature.of(getHeaders(1, 1))).isEqualTo(0x0003);
    assertThat(Feature.of(headers(0, 0, 1))).isEqualTo(0x0003);
  }

  private static WireMessage.GetHeaders getHeaders(int locator, int count) {
    return new WireMessage.GetHeaders(Collections.nCopies(locator, ID), count);
  }

  private static WireMessage.Headers headers(long further, int count, int bytes) {
    return new WireMessage.Headers(
        ID, further, Collections.nCopies(count, Bytes.wrap(new byte[bytes])));
  }

  private static void assertAllowed(ThrowingCallable construction) {
    assertThatCode(construction).doesNotThrowAnyException();
  }

  private static void assertRefused(ThrowingCallable construction) {
    assertThatIllegalArgumentException().isThrownBy(construction);
  }
}
