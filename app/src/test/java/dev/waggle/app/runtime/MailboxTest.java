package dev.waggle.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MailboxTest {
  private final Mailbox mailbox = new Mailbox();
  private final Source a = new Source(1);
  private final Source b = new Source(2);

  @Test
  void messagesAndEvents_areTakenInOrderOfArrival() throws InterruptedException {
    mailbox.post(a, List.of(ping(1), ping(2)), 2);
    mailbox.post(new NodeEvent.Stop());
    mailbox.post(b, List.of(ping(3)), 1);

    Batch batch = mailbox.takeAll(0);

    assertThat(items(batch)).containsExactly(ping(1), ping(2), new NodeEvent.Stop(), ping(3));
    assertThat(batch.source(1)).isSameAs(a);
    assertThat(batch.source(2)).isNull();
    assertThat(batch.source(3)).isSameAs(b);
    assertThat(mailbox.takeAll(0).isEmpty()).isTrue();
  }

  @Test
  void aFullMailbox_stopsASource_untilItIsEmptied() throws InterruptedException {
    List<WireMessage> flood = Collections.nCopies(Mailbox.MAX_MESSAGES, ping(1));

    assertThat(mailbox.post(a, flood, 1)).isFalse();
    assertThat(mailbox.post(b, List.of(ping(2)), 1)).isFalse();
    assertThat(a.resumed + b.resumed).isZero();
    assertThat(mailbox.takeAll(0).size()).isEqualTo(Mailbox.MAX_MESSAGES + 1);
    assertThat(a.resumed).isOne();
    assertThat(b.resumed).isOne();
    assertThat(mailbox.post(a, List.of(ping(3)), 1)).isTrue();
  }

  @Test
  void bytesFillAMailboxToo_andThenNothingPublishedHereIsTaken() {
    mailbox.post(a, List.of(ping(1)), Mailbox.MAX_BYTES);

    assertThat(mailbox.offer(published(), 1)).isFalse();
  }

  @Test
  void whoWaits_isWokenByWhatArrives() throws InterruptedException {
    Thread poster = Thread.ofVirtual().start(() -> mailbox.post(new NodeEvent.Stop()));

    assertThat(items(mailbox.takeAll(Long.MAX_VALUE))).containsExactly(new NodeEvent.Stop());
    poster.join();
  }

  @Test
  void aClosedMailbox_takesNothingThatIsPublishedHere() throws InterruptedException {
    NodeEvent.Published last = published();
    assertThat(mailbox.offer(last, 1)).isTrue();

    assertThat(items(mailbox.close())).containsExactly(last);
    assertThat(mailbox.offer(published(), 1)).isFalse();
  }

  private static List<Object> items(Batch batch) {
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      items.add(batch.item(i));
    }
    return items;
  }

  private static NodeEvent.Published published() {
    return new NodeEvent.Published(
        new GossipMessage.Transaction(Bytes.EMPTY), new CompletableFuture<>());
  }

  private static WireMessage ping(long nonce) {
    return new WireMessage.Ping(nonce);
  }

  private static final class Source implements MessageSource {
    private final LinkId id;
    private int resumed;

    Source(long id) {
      this.id = new LinkId(id);
    }

    @Override
    public LinkId id() {
      return id;
    }

    @Override
    public void resumeReading() {
      resumed++;
    }
  }
}
