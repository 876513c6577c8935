package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.handshake.HandshakeFailure;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a link does about the work and the deadlines of its session; the test is the I/O thread. */
@Timeout(30)
class LinkTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration SOON = Duration.ofMillis(20);

  /** Of many records, the last one not full. */
  private static final byte[] LONG = new byte[1_000_000];

  private static final MessageId BLOCK = new MessageId(1, 2, 3, 4);

  /** LEB128 of a number of that size. */
  private static final int LENGTH_BYTES = 3;

  private final LinkServices services =
      TestServices.create(
          error -> {
            throw error;
          });
  private final RecordBuffers buffers = new RecordBuffers();

  @AfterEach
  void closeServices() {
    services.close();
  }

  /** A side of a connection, and who wanted it. */
  private final class Side implements Connection, LinkOwner {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final List<byte[]> written = new ArrayList<>();
    private final List<PooledWork> works = new ArrayList<>();
    private final Link link;
    private boolean takesWork = true;
    private int writesBetweenStops = Integer.MAX_VALUE;
    private @Nullable CloseReason closed;

    Side(long seed, boolean dials, Duration offerTimeout, Duration handshakeTimeout) {
      CipherSuite suite = ToySuite.create();
      HandshakeSettings handshake =
          TestServices.handshake(suite, seed, List.of(Feature.COMPACT_BLOCKS));
      SessionSettings settings =
          new SessionSettings(
              handshake, List.of(new BincodeCodec()), offerTimeout, handshakeTimeout);
      long now = services.nanoTime();
      Session session =
          dials
              ? Session.initiator(settings, suite, null, buffers, now)
              : Session.responder(settings, buffers, now);
      link = new Link(this, session, this, services);
    }

    @Override
    public boolean isChosen() {
      return false;
    }

    /** Runs what comes to the I/O thread until the connection is closed. */
    CloseReason runUntilClosed() throws InterruptedException {
      while (closed == null) {
        tasks.take().run();
      }
      return closed;
    }

    void doWork() throws InterruptedException {
      works.removeFirst().compute();
      tasks.take().run();
    }

    void receive(Side from) {
      from.written.forEach(bytes -> link.bytesArrived(ByteBuffer.wrap(bytes)));
      from.written.clear();
    }

    @Override
    public Endpoint remote() {
      return new Endpoint("192.0.2.1", 1);
    }

    @Override
    public Endpoint local() {
      return new Endpoint("192.0.2.2", 2);
    }

    @Override
    public boolean write(ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      written.add(copy);
      return written.size() % writesBetweenStops != 0;
    }

    @Override
    public void reading(boolean enabled) {}

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public void close(CloseReason why) {
      closed = why;
    }

    @Override
    public Session beginSession(Connection opened) {
      throw new UnsupportedOperationException("the link has its session");
    }

    @Override
    public boolean compute(PooledWork work) {
      works.add(work);
      return takesWork;
    }

    @Override
    public void established(Link established, SessionAgreement agreement) {}

    @Override
    public void closed(@Nullable Link ended, CloseReason why) {}
  }

  @Test
  void linkWithoutAnOffer_isClosedAtItsDeadline() throws InterruptedException {
    Side responder = new Side(1, false, SOON, NEVER);
    responder.link.start();

    assertTimedOut(responder);
  }

  @Test
  void linkWithAnOffer_isClosedAtTheDeadlineOfTheHandshake() throws InterruptedException {
    Side initiator = new Side(1, true, NEVER, NEVER);
    Side responder = new Side(2, false, SOON, SOON.multipliedBy(2));
    initiator.link.start();
    initiator.doWork();
    responder.link.start();
    responder.receive(initiator);
    assertThat(responder.works).hasSize(1);

    assertTimedOut(responder);
  }

  private static void assertTimedOut(Side side) throws InterruptedException {
    assertThat(side.runUntilClosed().detail()).startsWith("handshake: timed-out");
    assertThat(side.link.failure())
        .isEqualTo(
            new SessionFailure.Handshake(
                new HandshakeFailure(HandshakeFailure.Kind.TIMED_OUT, "took too long")));
  }

  @Test
  void workOfALinkThatIsClosed_isNotComputed() {
    Side initiator = new Side(1, true, NEVER, NEVER);
    initiator.link.start();
    PooledWork work = initiator.works.getFirst();
    initiator.link.closed();

    work.compute();
    assertThat(initiator.tasks).isEmpty();
  }

  @Test
  void workOfALinkThatHasFailed_isNotComputed() throws InterruptedException {
    Side initiator = new Side(1, true, NEVER, SOON);
    initiator.link.start();
    assertTimedOut(initiator);

    initiator.works.getFirst().compute();
    assertThat(initiator.tasks).isEmpty();
  }

  @Test
  void workThatNobodyTakes_closesTheLinkAndIsNotComputed() {
    Side initiator = new Side(1, true, NEVER, NEVER);
    initiator.takesWork = false;
    initiator.link.start();
    assertThat(initiator.closed).isEqualTo(CloseReason.local("handshake-overload"));

    initiator.works.getFirst().compute();
    assertThat(initiator.tasks).isEmpty();
  }

  /** Nothing else need come for it: not the next message, nor a heartbeat. */
  @Test
  void longMessageForWhichTheConnectionStops_isSentToItsEnd() throws InterruptedException {
    Side initiator = new Side(1, true, NEVER, NEVER);
    Side responder = new Side(2, false, NEVER, NEVER);
    establish(initiator, responder);
    initiator.writesBetweenStops = 3;
    WireMessage message = new WireMessage.Gossip(new GossipMessage.Block(Bytes.wrap(LONG)));

    assertThat(initiator.link.offer(message)).isEqualTo(OutgoingQueue.Offer.QUEUED_FIRST);
    initiator.link.drainSoon();
    initiator.tasks.take().run();
    for (int before = 0; before < initiator.written.size(); ) {
      before = initiator.written.size();
      initiator.link.becameWritable();
    }

    assertThat(plaintextBytes(initiator.written))
        .isEqualTo(LENGTH_BYTES + new BincodeCodec().encodedLength(message));
  }

  /** Others have the memory already, and the peer may linger. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void linkThatGivesWay_letsGoOfAnUnfinishedMessage_beforeItsConnectionIsGone(boolean onItsThread)
      throws InterruptedException {
    SharedMemory.Share older = services.incoming().open(true, () -> {});
    Side initiator = new Side(1, true, NEVER, NEVER);
    Side responder = new Side(2, false, NEVER, NEVER);
    establish(initiator, responder);
    initiator.link.offer(new WireMessage.Gossip(new GossipMessage.Block(Bytes.wrap(LONG))));
    initiator.link.drainSoon();
    initiator.tasks.take().run();
    initiator.written.removeLast();
    responder.receive(initiator);
    assertThat(buffers.lentBytes()).isGreaterThanOrEqualTo(LONG.length);

    Runnable taking =
        () -> assertThat(older.take(services.budget().incomingBytes())).as("taken").isTrue();
    if (onItsThread) {
      taking.run();
      assertThat(buffers.lentBytes()).as("before anything else").isZero();
    } else {
      Thread other = Thread.ofPlatform().start(taking);
      other.join();
    }
    assertThat(responder.runUntilClosed().detail()).isEqualTo("memory is needed elsewhere");
    assertThat(buffers.lentBytes()).isZero();
  }

  /** Else strangers who come, send and go could fill the memory of a node that judges slowly. */
  @Test
  void longMessageOfALinkThatIsGone_countsUntilTheNodeHasHandledIt() throws InterruptedException {
    Side initiator = new Side(1, true, NEVER, NEVER);
    Side responder = new Side(2, false, NEVER, NEVER);
    establish(initiator, responder);
    initiator.link.offer(new WireMessage.Gossip(new GossipMessage.Block(Bytes.wrap(LONG))));
    initiator.link.drainSoon();
    initiator.tasks.take().run();
    responder.receive(initiator);
    responder.link.closed();

    assertThat(buffers.lentBytes()).isZero();
    long waiting = services.incoming().takenBytes();
    assertThat(waiting).isGreaterThanOrEqualTo(LONG.length);
    responder.link.handled(waiting);
    assertThat(services.incoming().takenBytes()).isZero();
  }

  /** Like a Gossip's: else they were the way around what all links share. */
  @Test
  void longItems_countUntilTheNodeHasHandledThem() throws InterruptedException {
    Side initiator = new Side(1, true, NEVER, NEVER);
    Side responder = new Side(2, false, NEVER, NEVER);
    establish(initiator, responder);
    send(initiator, new WireMessage.Items(BLOCK, List.of(new IndexedItem(0, Bytes.wrap(LONG)))));
    responder.receive(initiator);

    Incoming items = services.mailbox().take(Long.MAX_VALUE).express().inHand().peek(0);
    assertThat(items.bytes()).isZero();
    assertThat(items.sharedBytes()).isEqualTo(services.incoming().takenBytes());
    assertThat(items.sharedBytes()).isGreaterThan(LONG.length);
    responder.link.handled(items.sharedBytes());
    assertThat(services.incoming().takenBytes()).isZero();
  }

  /** Six thousand empty items fit into one record, and hold more than ten times as much. */
  @Test
  void itemsThatWeighMoreThanTheyAreLong_areGrantedThat_orEndTheLink() throws InterruptedException {
    Side initiator = new Side(1, true, NEVER, NEVER);
    Side responder = new Side(2, false, NEVER, NEVER);
    establish(initiator, responder);
    List<IndexedItem> empty =
        IntStream.range(0, 6_000).mapToObj(index -> new IndexedItem(index, Bytes.EMPTY)).toList();
    WireMessage.Items message = new WireMessage.Items(BLOCK, empty);
    long weight = new IncomingItems(message).bytes();
    long budget = services.budget().incomingBytes();
    assertThat(new BincodeCodec().encodedLength(message))
        .isLessThan(FrameBounds.MAX_PLAINTEXT_BYTES);
    int messages = 0;
    while (responder.closed == null && messages * weight <= budget) {
      send(initiator, message);
      responder.receive(initiator);
      messages++;
    }

    assertThat(responder.closed).isEqualTo(CloseReason.local("no memory for " + weight + " bytes"));
    assertThat(services.incoming().takenBytes()).isBetween(budget / 2, budget);
  }

  @Test
  void whatAPeerHasCaused_isItsPartysConcern_asLongAsItIsConnected() throws InterruptedException {
    Side initiator = new Side(1, true, NEVER, NEVER);
    Side responder = new Side(2, false, NEVER, NEVER);
    Network network = new Network(null, 1_000);
    network.add(responder.link);
    assertThat(responder.link.peer()).as("before it is established").isNull();
    establish(initiator, responder);
    network.add(initiator.link);
    PeerId peer = Objects.requireNonNull(responder.link.peer());

    assertThat(network.partyOf(peer)).isSameAs(responder.link.party());
    assertThat(network.partyOf(Objects.requireNonNull(initiator.link.peer())))
        .isSameAs(initiator.link.party());
    network.remove(responder.link);
    assertThat(network.partyOf(peer)).isNull();
  }

  /** The node would not hear it, so it shall cost nobody an examination (PROTOCOL §9.8). */
  @Test
  void whatComesBehindOurOwnEnd_doesNotReachTheMailbox() throws InterruptedException {
    Side initiator = new Side(1, true, NEVER, NEVER);
    Side responder = new Side(2, false, NEVER, NEVER);
    establish(initiator, responder);
    WireMessage message = new WireMessage.Gossip(new GossipMessage.Transaction(Bytes.EMPTY));
    send(initiator, message);
    responder.receive(initiator);
    Inbox.Queue queue = services.mailbox().take(0).bulk();
    assertThat(queue).as("it has come before").isNotNull();

    responder.link.closeWhenSent(CloseReason.local("enough"));
    responder.tasks.take().run();
    send(initiator, message);
    responder.receive(initiator);
    queue.inHand().takeNext();
    services.mailbox().handled(queue, Lane.BULK, new Tally(), false);
    assertThat(services.mailbox().take(0).bulk()).isNull();
  }

  private static void send(Side from, WireMessage message) throws InterruptedException {
    from.link.offer(message);
    from.link.drainSoon();
    from.tasks.take().run();
  }

  @Test
  void deadlineThatWasOnItsWayWhenALinkLetGo_isTheLast() throws InterruptedException {
    Side responder = new Side(2, false, SOON, SOON);
    responder.link.start();
    Runnable passed = responder.tasks.take();
    responder.link.closed();
    passed.run();

    Runnable marker = () -> {};
    var _ = services.schedule(0, () -> responder.tasks.add(marker));
    assertThat(responder.tasks.take()).isSameAs(marker);
  }

  private static void establish(Side initiator, Side responder) throws InterruptedException {
    initiator.link.start();
    initiator.doWork();
    responder.link.start();
    responder.receive(initiator);
    responder.doWork();
    initiator.receive(responder);
    initiator.doWork();
    responder.receive(initiator);
    responder.doWork();
  }

  /** What records hold, whose headers and bodies may come in one piece or in several. */
  private static int plaintextBytes(List<byte[]> written) {
    ByteBuffer all = ByteBuffer.allocate(2 * LONG.length);
    written.forEach(all::put);
    all.flip();
    int plaintext = 0;
    while (all.hasRemaining()) {
      int body = all.getInt();
      plaintext += body - FrameBounds.TAG_BYTES;
      all.position(all.position() + body);
    }
    return plaintext;
  }
}
