package dev.waggle.domain.sync;

import dev.waggle.domain.naming.MessageIds;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Headers that have arrived, and what was found out about them by looking at nothing else.
 *
 * @param ids of the headers' blocks, in their order
 * @param examination what {@link HeaderChain#examineHeaders} has said
 */
public record HeadersArrival(
    WireMessage.Headers message, List<MessageId> ids, Examination examination) {

  /** Finds out all that there is: some microseconds for each header. */
  public static HeadersArrival examined(
      WireMessage.Headers message, HeaderChain chain, MessageIds names) {
    List<MessageId> ids = new ArrayList<>(message.headers().size());
    for (Bytes header : message.headers()) {
      ids.add(names.ofHeader(header));
    }
    return new HeadersArrival(
        message, ids, chain.examineHeaders(message.after(), ids, message.headers()));
  }
}
