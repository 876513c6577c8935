package dev.waggle.ports.testkit.wire;

import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.DialOutcome;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Those of the {@link WireSamples} by which nodes behind routers are reached. */
final class ReachSamples {
  private static final PeerId PEER = new PeerId(WireSamples.bytes(PeerId.LENGTH));

  private ReachSamples() {}

  static List<WireMessage> small() {
    List<WireMessage> samples = new ArrayList<>();
    for (IpEndpoint endpoint : WireSamples.endpoints()) {
      samples.add(new WireMessage.DialRequest(endpoint, 1, WireSamples.bytes(0)));
    }
    for (long nonce : new long[] {0, -1, Long.MIN_VALUE, 0x0102030405060708L}) {
      for (int length : new int[] {0, 1, 127, 128}) {
        IpEndpoint endpoint = WireSamples.endpoints().getLast();
        samples.add(new WireMessage.DialRequest(endpoint, nonce, WireSamples.bytes(length)));
      }
      samples.add(new WireMessage.DialBack(nonce));
      for (DialOutcome outcome : DialOutcome.values()) {
        samples.add(new WireMessage.DialResponse(nonce, outcome));
      }
    }
    for (int count : new int[] {0, 1, 2, WireMessage.MAX_INTRODUCED}) {
      samples.add(new WireMessage.Meet(Collections.nCopies(count, PEER)));
    }
    for (int length : new int[] {1, 127, 128, 1000}) {
      samples.add(new WireMessage.Relayed(PEER, WireSamples.bytes(length)));
    }
    return samples;
  }

  /** Messages at the upper bounds of the protocol. */
  static List<WireMessage> large() {
    return List.of(
        new WireMessage.DialRequest(
            WireSamples.endpoints().getFirst(),
            7,
            WireSamples.bytes(WireMessage.MAX_PAYMENT_BYTES)),
        new WireMessage.Relayed(PEER, WireSamples.bytes(WireMessage.MAX_RELAYED_BYTES)));
  }
}
