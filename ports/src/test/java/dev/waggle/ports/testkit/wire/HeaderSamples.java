package dev.waggle.ports.testkit.wire;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;

/** Those of the {@link WireSamples} by which a node catches up. */
final class HeaderSamples {
  private HeaderSamples() {}

  static List<WireMessage> small() {
    List<WireMessage> samples = new ArrayList<>();
    for (int count : new int[] {0, 1, 255, 256, WireMessage.MAX_HEADERS_ASKED}) {
      samples.add(new WireMessage.GetHeaders(WireSamples.ids(1), count));
    }
    samples.add(new WireMessage.GetHeaders(WireSamples.ids(33), 128));
    for (long further : new long[] {0, 1, 1L << 31, WireMessage.Headers.MAX_FURTHER}) {
      samples.add(headers(further, List.of()));
      samples.add(headers(further, List.of(WireSamples.bytes(1))));
    }
    samples.add(
        headers(
            0x0102_0304,
            List.of(WireSamples.bytes(127), WireSamples.bytes(128), WireSamples.bytes(1))));
    return samples;
  }

  /** Messages at the upper bounds of the protocol. */
  static List<WireMessage> large() {
    return List.of(
        new WireMessage.GetHeaders(
            WireSamples.ids(WireMessage.MAX_LOCATOR), WireMessage.MAX_HEADERS_ASKED),
        headers(0, many(1)),
        headers(WireMessage.Headers.MAX_FURTHER, many(WireMessage.MAX_HEADER_BYTES)));
  }

  private static List<Bytes> many(int bytes) {
    List<Bytes> headers = new ArrayList<>();
    while (headers.size() < WireMessage.MAX_HEADERS) {
      headers.add(WireSamples.bytes(bytes));
    }
    return headers;
  }

  private static WireMessage.Headers headers(long further, List<Bytes> headers) {
    return new WireMessage.Headers(WireSamples.ids(1).getFirst(), further, headers);
  }
}
