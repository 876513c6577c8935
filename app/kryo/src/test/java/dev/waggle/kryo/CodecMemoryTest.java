package dev.waggle.kryo;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.testkit.wire.WireBytes;
import dev.waggle.ports.testkit.wire.WireSamples;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the largest messages cost, and those that cost most for each byte: no fuzzer gets there. */
class CodecMemoryTest {
  static List<WireCodec> codecs() {
    return List.of(new BincodeCodec(), new KryoCodec());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void largestMessages_takeMemoryInProportion(WireCodec codec) {
    List<WireMessage> messages = new ArrayList<>(WireSamples.large());
    messages.add(itemsOfBytes(0));
    messages.add(itemsOfBytes(1));
    messages.add(itemsOfBytes(2));
    messages.add(headersOfBytes(1));
    messages.add(headersOfBytes(2));
    for (WireMessage message : messages) {
      WireBytes encoded = new WireBytes();
      codec.encode(message, encoded);

      assertThatCode(() -> CodecJudge.judge(codec, encoded.toArray())).doesNotThrowAnyException();
    }
  }

  private static WireMessage headersOfBytes(int bytes) {
    return new WireMessage.Headers(
        new MessageId(1, 2, 3, 4),
        0,
        Collections.nCopies(WireMessage.MAX_HEADERS, Bytes.wrap(new byte[bytes])));
  }

  private static WireMessage itemsOfBytes(int bytes) {
    List<IndexedItem> items = new ArrayList<>();
    for (int index = 0; index < WireMessage.MAX_ITEMS; index++) {
      items.add(new IndexedItem(index, Bytes.wrap(new byte[bytes])));
    }
    return new WireMessage.Items(new MessageId(1, 2, 3, 4), items);
  }
}
