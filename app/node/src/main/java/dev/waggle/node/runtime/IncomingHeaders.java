package dev.waggle.node.runtime;

import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.memory.MessageWeight;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.domain.sync.HeadersArrival;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.wire.WireMessage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Headers in a row that a link has received, on their way to the node: each gets its name, and they
 * are examined together.
 */
final class IncomingHeaders extends Prepared {
  private final WireMessage.Headers headers;
  private @Nullable HeadersArrival arrival;

  IncomingHeaders(WireMessage.Headers headers) {
    super(
        MessageWeight.bytes(headers) + (long) NAME_BYTES * headers.headers().size(),
        MessageWeight.contentBytes(headers));
    this.headers = headers;
  }

  @Override
  public Lane lane() {
    return Lane.of(headers);
  }

  @Override
  boolean isNamed() {
    return arrival != null;
  }

  /**
   * Names and examines them.
   *
   * @param ids the calling thread's
   */
  void examineBy(HeaderChain chain, MessageIds ids) {
    arrival = HeadersArrival.examined(headers, chain, ids);
  }

  /** Counts in its weight what was found out; before it is put into an inbox. */
  void weigh() {
    weigh(arrival().examination().heldBytes());
  }

  HeadersArrival arrival() {
    return Objects.requireNonNull(arrival, "not examined");
  }
}
