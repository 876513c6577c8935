package dev.waggle.domain.gossip;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A router, its peers and its clock. */
abstract class RouterFixture {
  static final long TIMEOUT = GossipSettings.DEFAULTS.requestTimeout().toNanos();
  static final int LARGE = GossipSettings.DEFAULTS.pushMaxBytes() + 1;

  final FakeApplication application = new FakeApplication();
  final Alarm alarm = new Alarm();
  final List<FakeNeighbour> peers = new ArrayList<>();
  GossipRouter router = router(GossipSettings.DEFAULTS);
  long now = 1_000;

  GossipRouter router(GossipSettings settings) {
    return new GossipRouter(
        settings,
        application,
        DuplicateFilter.NONE,
        _ -> {},
        CatchUpObserver.NONE,
        new Draws(new SeededRandom(1)),
        alarm);
  }

  FakeNeighbour connect() {
    FakeNeighbour peer = new FakeNeighbour(peers.size());
    peers.add(peer);
    router.linked(peer, now);
    return peer;
  }

  void pass(Duration time) {
    pass(time.toNanos());
  }

  void pass(long nanos) {
    now += nanos;
    if (alarm.rings(now)) {
      router.timePassed(now);
    }
  }

  static GossipMessage message(int number) {
    return message(number, 8);
  }

  static GossipMessage message(int number, int length) {
    byte[] payload = new byte[length];
    payload[0] = (byte) number;
    payload[1] = (byte) (number >> 8);
    return new GossipMessage.Transaction(Bytes.wrap(payload));
  }

  /** A message that is pushed to few, if it is not announced. */
  static GossipMessage large(int number) {
    return new GossipMessage.Evidence(message(number, LARGE).payload());
  }

  static WireMessage request(GossipMessage... messages) {
    return new WireMessage.Request(List.of(messages).stream().map(Deliveries::id).toList());
  }

  static WireMessage announce(GossipMessage... messages) {
    return new WireMessage.Announce(List.of(messages).stream().map(Deliveries::id).toList());
  }
}
