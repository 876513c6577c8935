package dev.waggle.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.node.WaggleNode;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that take long to examine, and those that do not, at one node. */
@Timeout(120)
class ExaminationTest {
  private static final int PATIENCE_SECONDS = 60;
  private static final int LINKS = 4;
  private static final int MANY = 500;
  private static final byte DEMANDING = 1;
  private static final byte FAULTY = 2;

  private final Examiner application = new Examiner();
  private final Identities identities = new Identities();

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void whatTakesLong_delaysOnlyWhatComesBehindItOnTheSameLink(String transport) throws Exception {
    try (RawLinks links = new RawLinks();
        WaggleNode node = OpenNode.start(transport, application)) {
      RawLink busy = connect(links, node);
      RawLink quiet = connect(links, node);
      send(busy, transaction(DEMANDING, 1));
      send(busy, transaction(0, 2));
      application.awaitExamination();
      send(quiet, transaction(0, 3));
      send(busy, new GossipMessage.Block(payload((byte) 0, 4)));

      assertThat(application.awaitDelivered()).isIn(3, 4);
      assertThat(application.awaitDelivered()).isIn(3, 4);
      application.goOn.countDown();
      assertThat(application.awaitDelivered()).isEqualTo(1);
      assertThat(application.awaitDelivered()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void whatSeveralSend_isExaminedOnce_andTheResultReachesWhoDelivers(String transport)
      throws Exception {
    try (RawLinks links = new RawLinks();
        WaggleNode node = OpenNode.start(transport, application)) {
      for (int i = 0; i < 4; i++) {
        RawLink link = connect(links, node);
        send(link, transaction(DEMANDING, 1));
        send(link, transaction(0, 2 + i));
        send(link, new GossipMessage.Block(payload((byte) 0, 10 + i)));
        assertThat(application.awaitDelivered()).as("it has come").isEqualTo(10 + i);
      }
      application.goOn.countDown();
      for (int i = 0; i < 5; i++) {
        application.awaitDelivered();
      }
      assertThat(application.examined).containsOnlyOnce(1);
      send(connect(links, node), transaction(DEMANDING, 1));
      send(connect(links, node), transaction(0, 9));
      assertThat(application.awaitDelivered()).isEqualTo(9);
      assertThat(application.examined).as("known, and not examined again").containsOnlyOnce(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void anExaminationThatFails_costsItsMessageOnly(String transport) throws Exception {
    application.goOn.countDown();
    try (RawLinks links = new RawLinks();
        WaggleNode node = OpenNode.start(transport, application)) {
      RawLink link = connect(links, node);
      send(link, transaction(FAULTY, 1));
      send(link, transaction((byte) (DEMANDING | FAULTY), 2));
      send(link, transaction(0, 3));

      assertThat(application.awaitDelivered()).isEqualTo(3);
      application.failsToKnow = true;
      send(link, transaction(DEMANDING, 5));
      assertThat(application.awaitDelivered()).isEqualTo(5);
      GossipMessage published = transaction(FAULTY, 4);
      Verdict verdict =
          node.gossip()
              .publish(published)
              .toCompletableFuture()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(verdict).isEqualTo(new Verdict.Ignore("the application failed on it"));
    }
  }

  /** Of every kind: named and examined on the I/O thread, or elsewhere, one or both. */
  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void whateverIsDoneBesideTheNode_messagesOfALinkAreDeliveredInOrder(String transport)
      throws Exception {
    application.goOn.countDown();
    try (RawLinks links = new RawLinks();
        WaggleNode node = OpenNode.start(transport, application)) {
      RawLink[] senders = new RawLink[LINKS];
      for (int i = 0; i < LINKS; i++) {
        senders[i] = connect(links, node);
      }
      SplittableRandom random = new SplittableRandom(1);
      for (int number = 0; number < MANY; number++) {
        for (int i = 0; i < LINKS; i++) {
          int length = random.nextInt(4) == 0 ? 2 + Integer.BYTES : 20_000;
          byte[] payload = new byte[length];
          payload[0] = (byte) random.nextInt(2);
          payload[1] = (byte) i;
          ByteBuffer.wrap(payload).putInt(2, number);
          send(senders[i], new GossipMessage.Transaction(Bytes.wrap(payload)));
        }
      }
      int[] next = new int[LINKS];
      for (int i = 0; i < LINKS * MANY; i++) {
        byte[] payload = application.awaitPayload();
        assertThat(ByteBuffer.wrap(payload).getInt(2)).isEqualTo(next[payload[1]]++);
      }
    }
  }

  private RawLink connect(RawLinks links, WaggleNode node) throws Exception {
    RawLink link = links.open(node.address(), identities.next(), new Silent());
    return link.standing().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static void send(RawLink link, GossipMessage message) {
    link.post(new WireMessage.Gossip(message));
  }

  private static GossipMessage transaction(int kind, int number) {
    return new GossipMessage.Transaction(payload((byte) kind, number));
  }

  private static Bytes payload(byte kind, int number) {
    return Bytes.wrap(new byte[] {kind, (byte) number});
  }

  private static int number(GossipMessage message) {
    return message.payload().borrowArray()[1];
  }

  private static boolean is(byte kind, GossipMessage message) {
    return (message.payload().borrowArray()[0] & kind) != 0;
  }

  /** Examines what is demanding when it is told to, and wants its findings back. */
  private static final class Examiner implements GossipApplication {
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Queue<Integer> examined = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Integer> delivered = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> payloads = new LinkedBlockingQueue<>();

    private volatile boolean failsToKnow;

    private record Found(int number) implements Examination {
      @Override
      public long heldBytes() {
        return Integer.BYTES;
      }
    }

    @Override
    public boolean takesLong(GossipMessage message) {
      return is(DEMANDING, message);
    }

    @Override
    public boolean isKnown(MessageId id) {
      if (failsToKnow) {
        throw new IllegalStateException("a question fails, as it should");
      }
      return false;
    }

    @Override
    public Examination examine(MessageId id, GossipMessage message) {
      if (is(DEMANDING, message)) {
        begun.countDown();
        awaitPermission();
      }
      if (is(FAULTY, message)) {
        throw new IllegalStateException("an examination fails, as it should");
      }
      examined.add(number(message));
      return new Found(number(message));
    }

    private void awaitPermission() {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public Verdict validate(Delivery candidate) {
      return new Verdict.Accept();
    }

    @Override
    public void deliver(Delivery accepted) {
      delivered.add(((Found) accepted.examination()).number());
      payloads.add(accepted.message().payload().borrowArray());
    }

    void awaitExamination() throws InterruptedException {
      assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    byte[] awaitPayload() throws InterruptedException {
      byte[] payload = payloads.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(payload).as("something is delivered").isNotNull();
      return payload;
    }

    int awaitDelivered() throws InterruptedException {
      Integer number = delivered.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(number).as("something is delivered").isNotNull();
      return number;
    }
  }

  /** Sends what the test posts. */
  private static final class Silent implements Behaviour {
    @Override
    public boolean sendMore(RawLink link) {
      return false;
    }
  }
}
