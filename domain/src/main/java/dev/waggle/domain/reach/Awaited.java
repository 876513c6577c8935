package dev.waggle.domain.reach;

import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connections of peers that were asked to dial this node back: each has to say so, and is closed
 * (PROTOCOL §9.9). One for each request at most. Owned by one thread.
 */
final class Awaited {
  /** A DialBack comes with the handshake's end; who has not sent it by then has another aim. */
  static final Duration DIAL_BACK_WITHIN = Duration.ofSeconds(5);

  private record Held(Ask ask, long untilNanos) {}

  private final Links links;
  private final Alarm alarm;
  private final Map<LinkId, Held> held = new LinkedHashMap<>();

  Awaited(Links links, Alarm alarm) {
    this.links = links;
    this.alarm = alarm;
  }

  void add(LinkId id, Ask ask, long nowNanos) {
    long untilNanos = nowNanos + DIAL_BACK_WITHIN.toNanos();
    held.put(id, new Held(ask, untilNanos));
    alarm.by(untilNanos);
  }

  /**
   * The first message has come on a link; if it is one of these, that ends it.
   *
   * @param message null if it is any but a DialBack
   * @return what the peer was asked, if it has done so
   */
  @Nullable Ask received(LinkId id, WireMessage.@Nullable DialBack message) {
    Held connection = held.remove(id);
    if (connection == null) {
      return null;
    }
    end(id);
    boolean isAnswer = message != null && message.nonce() == connection.ask.nonce();
    return isAnswer ? connection.ask : null;
  }

  private void end(LinkId id) {
    links.send(id, new WireMessage.Goodbye(GoodbyeReason.NOT_NEEDED));
    links.close(id, CloseReason.local("dialled back"));
  }

  void closed(LinkId id) {
    held.remove(id);
  }

  void timePassed(long nowNanos) {
    List<LinkId> late = new ArrayList<>();
    held.forEach(
        (id, connection) -> {
          if (nowNanos - connection.untilNanos >= 0) {
            late.add(id);
          } else {
            alarm.by(connection.untilNanos);
          }
        });
    late.forEach(this::close);
  }

  private void close(LinkId id) {
    held.remove(id);
    end(id);
  }

  /** The node stops. */
  void stop() {
    new ArrayList<>(held.keySet()).forEach(this::close);
  }
}
