package dev.waggle.simulator.node;

import dev.waggle.domain.admission.HandshakeAdmission;
import dev.waggle.domain.admission.Permit;
import dev.waggle.domain.memory.FairShares;
import dev.waggle.domain.node.P2PService;
import dev.waggle.domain.peers.DialFailure;
import dev.waggle.domain.peers.PeerStatus;
import dev.waggle.domain.punch.Notarization;
import dev.waggle.domain.punch.Notarized;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerDirectory;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.engine.Seeds.Purpose;
import dev.waggle.simulator.fidelity.Channel;
import dev.waggle.simulator.fidelity.ChannelOutput;
import dev.waggle.simulator.network.Host;
import dev.waggle.simulator.network.WireListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node from its start to its end: the real {@link P2PService} and admission, and around them what
 * the runtime of a real node does.
 */
public final class RunningNode implements Links, PeerDirectory {
  /** What asking a DNS seed takes. */
  private static final long LOOK_UP_NANOS = Duration.ofMillis(50).toNanos();

  private final SimulatedNode identity;
  private final World world;
  private final NodeSettings settings;
  private final GossipApplication application;
  private final P2PService service;
  private final Reception reception;
  private final FairShares incoming;
  private final FairShares outgoing;
  private final Intake intake;
  private final Processor processor;
  private final Processor handshakes;
  private final LinkTable ends = new LinkTable();
  private final List<LinkEnd> toDrain = new ArrayList<>(4);
  private final ArrayDeque<Runnable> events = new ArrayDeque<>(2);
  private Filter filter = Filter.NONE;
  private long wakeAt = Long.MAX_VALUE;
  private boolean alive = true;
  private int dials;

  RunningNode(SimulatedNode identity, World world, GossipApplication application) {
    this.identity = identity;
    this.world = world;
    this.settings = identity.settings();
    this.application = application;
    NodeMemory memory = settings.memory();
    this.incoming = new FairShares(memory.incomingBytes(), memory.incomingBytes() / 2);
    this.outgoing = new FairShares(memory.outgoingBytes(), memory.outgoingBytes() / 2);
    this.processor = new Processor(world.timeline(), identity.slowness());
    this.handshakes = new Processor(world.timeline(), identity.slowness());
    this.reception =
        new Reception(new HandshakeAdmission(settings.admission()), permit -> newEnd(null, permit));
    RecentIds known = new RecentIds();
    BlockFormat format = world.fidelity().formatOf(application);
    HeaderChain chain = application.headerChain();
    this.intake = new Intake(this, world, application, format, chain, known, processor);
    this.service =
        new P2PService(
            settings.p2p(),
            identity.peerId(),
            identity.remembered(),
            this,
            this,
            new ObservedApplication(
                application,
                format,
                chain == null ? null : new ChargedHeaderChain(chain, this),
                this,
                world.observer()),
            new ReachObserver(this, world.observer()),
            CatchUpObserver.NONE,
            world.seeds().source(Purpose.NODE, identity.number() + identity.starts() * (1 << 20)),
            identity.sha256(),
            known,
            intake::complete,
            this::notarize,
            List.of());
  }

  public int number() {
    return identity.number();
  }

  public SimulatedNode identity() {
    return identity;
  }

  public P2PService service() {
    return service;
  }

  public boolean isAlive() {
    return alive;
  }

  NodeMemory memory() {
    return settings.memory();
  }

  Charges charges() {
    return world.charges();
  }

  FairShares incoming() {
    return incoming;
  }

  FairShares outgoing() {
    return outgoing;
  }

  /** The node's clock, for differences. */
  public long nowNanos() {
    return settings.clockNanos() + world.timeline().nowNanos();
  }

  /** Its connections, established or not. */
  public List<LinkEnd> ends() {
    return ends.all();
  }

  /** The connection of a link, or null if it is gone. */
  public @Nullable LinkEnd end(LinkId link) {
    return ends.find(link);
  }

  public List<PeerStatus> peers() {
    return service.peers(nowNanos());
  }

  /** Dials since the start. */
  public int dials() {
    return dials;
  }

  /** What each of its links shares with the others of what waits for the node. */
  public long incomingBytes() {
    return incoming.takenBytes();
  }

  /** What waits to be sent beyond what every link may have. */
  public long outgoingBytes() {
    return outgoing.takenBytes();
  }

  /** Handshakes of others' dialling that are under way here. */
  public int handshakes() {
    return reception.handshakes();
  }

  /** Those that count against the limits of admission. */
  public int permits() {
    return reception.permits();
  }

  /** When it will look whether something is due, by the clock of the run. */
  public long wakeAtNanos() {
    return wakeAt;
  }

  /** Whether its application has a message, or had it. */
  public boolean isKnown(MessageId id) {
    return application.isKnown(id);
  }

  /** The parts of a block, or null if it has none, or the node takes blocks for one piece. */
  public @Nullable BlockParts takenApart(GossipMessage block) {
    return intake.partsOf(block);
  }

  // ---- lies

  public void filter(Filter liar) {
    filter = liar;
  }

  /** Sends a message that its rules have not asked for. */
  public void say(LinkEnd to, WireMessage message) {
    event(() -> to.offer(message));
  }

  /** Sends something that no channel has made. */
  public void sayRaw(LinkEnd to, int bytes, Object content) {
    event(() -> to.sendRaw(bytes, content));
  }

  Filter filter() {
    return filter;
  }

  /** Connections that it has. */
  int endCount() {
    return ends.count();
  }

  void wrote(LinkEnd to, int bytes, Object content) {
    filter.wrote(to, bytes, content);
  }

  /** Signs and checks beside what the node does, as handshakes do. */
  private void notarize(Notarization work) {
    compute(
        charges().notarizing(),
        () -> {
          Notarized done = work.complete(identity.keys().session().handshake());
          event(() -> service.notarized(work, done, nowNanos()));
        });
  }

  // ---- beginning and end

  void start() {
    identity.host().listen(this::accept);
    event(() -> service.start(identity.listening(), nowNanos()));
  }

  /** Says goodbye to everybody. */
  public void stop() {
    event(() -> service.stop(nowNanos()));
  }

  /** It does nothing any more: its program or its host has ended. */
  void end() {
    alive = false;
    processor.clear();
    handshakes.clear();
    ends.clear();
    reception.clear();
    events.clear();
    toDrain.clear();
  }

  /** Its processor does nothing for a while. */
  public void stall(long nanos) {
    processor.stall(nanos);
    handshakes.stall(nanos);
  }

  void slowness(double factor) {
    processor.slowness(factor);
    handshakes.slowness(factor);
  }

  // ---- events

  /** Hands an event to the node as soon as its processor is free, before what is less urgent. */
  private void event(Runnable event) {
    processor.submit(() -> run(event), true);
  }

  /** Feeds one event in, and sees to what follows from it. */
  void run(Runnable event) {
    if (!alive) {
      return;
    }
    event.run();
    for (int i = 0; i < toDrain.size(); i++) {
      toDrain.get(i).drain();
    }
    toDrain.clear();
    takeEvents();
    awaitWake();
    world.observer().settled(this);
  }

  private void awaitWake() {
    long delay = Math.max(0, service.nextWakeNanos(nowNanos()) - nowNanos());
    long at = world.timeline().nowNanos() + delay;
    if (at < wakeAt) {
      wakeAt = at;
      world.timeline().at(at, () -> wake(at));
    }
  }

  private void wake(long at) {
    if (alive && wakeAt == at) {
      wakeAt = Long.MAX_VALUE;
      event(() -> service.timePassed(nowNanos()));
    }
  }

  /** Runs {@code action} later, unless the node has ended by then. */
  void after(long delayNanos, Runnable action) {
    world
        .timeline()
        .after(
            Math.max(0, delayNanos),
            () -> {
              if (alive) {
                action.run();
              }
            });
  }

  void charge(long nanos) {
    processor.charge(nanos);
  }

  long readyNanos() {
    return processor.readyNanos();
  }

  /** Runs {@code done} when arithmetic that takes so long is done. */
  void compute(long nanos, Runnable done) {
    handshakes.charge(nanos);
    after(handshakes.readyNanos() - world.timeline().nowNanos(), done);
  }

  // ---- connections

  /** Where others see the node of that number, and of this one what its machine knows. */
  Endpoint endpointOf(int node) {
    return node == number() ? identity.local() : identity.endpointOf(node);
  }

  private @Nullable WireListener accept(Host remote) {
    return reception.admit(world.endpointOf(remote), nowNanos());
  }

  private LinkEnd newEnd(@Nullable PeerAddress dialled, @Nullable Permit permit) {
    LinkEnd end = new LinkEnd(this, ends.newId(world.nextLinkNumber()), dialled, permit);
    ends.add(end);
    return end;
  }

  Reception reception() {
    return reception;
  }

  Channel newChannel(LinkEnd end) {
    PeerAddress dialled = end.dialledAddress();
    return world
        .fidelity()
        .channel(
            identity.keys(),
            end.responds(),
            dialled == null ? null : dialled.pinned(),
            end,
            nowNanos());
  }

  void established(LinkEnd end, ChannelOutput.Agreement agreement) {
    PeerInfo info =
        new PeerInfo(
            agreement.peer().id(),
            end.remoteEndpoint(),
            end.localEndpoint(),
            end.responds() ? Direction.INBOUND : Direction.OUTBOUND,
            agreement.suite(),
            agreement.codec(),
            agreement.features());
    events.add(
        () -> {
          world.observer().established(this, end);
          service.linkEstablished(
              end.id(), agreement.peer(), info, end.dialledAddress(), nowNanos());
        });
  }

  void linkClosed(LinkEnd end, CloseReason why) {
    // Behind all that the link has brought.
    processor.submit(
        () ->
            run(
                () -> {
                  ends.remove(end);
                  world.observer().closed(this, end, why);
                  service.linkClosed(end.id(), why, nowNanos());
                }),
        false);
  }

  void dialFailed(LinkEnd end, PeerAddress address, DialFailure failure) {
    ends.remove(end);
    event(
        () -> {
          world.observer().dialFailed(this, failure.words());
          service.dialFailed(address, failure, nowNanos());
        });
  }

  void forget(LinkEnd end) {
    ends.remove(end);
  }

  void drained(LinkEnd end) {
    events.add(() -> service.linkDrained(end.id(), nowNanos()));
  }

  /** Hands over what a link's callbacks have brought, now that they have returned. */
  void takeEvents() {
    // What is handed over may be done at once, and comes back here: each is handed over once.
    for (Runnable next = events.poll(); next != null; next = events.poll()) {
      event(next);
    }
  }

  /** A channel is at work: what it brings waits until {@link #release}. */
  void hold() {
    processor.hold();
  }

  /** Does what a channel has brought. */
  void release() {
    takeEvents();
    processor.release();
  }

  // ---- what it knows of others

  @Override
  public void lookUp(String dnsSeed) {
    after(
        LOOK_UP_NANOS,
        () -> event(() -> service.seedsFound(dnsSeed, world.seedsOf(dnsSeed), nowNanos())));
  }

  @Override
  public void keep(PeerMemory memory) {
    identity.remember(memory);
  }

  // ---- messages

  Intake intake() {
    return intake;
  }

  /** What its application says about a message by looking at nothing else. */
  public Examination examine(MessageId id, GossipMessage message) {
    return world.fidelity().examine(application, id, message);
  }

  /** Publishes a message of this node's own. */
  public void publish(GossipMessage message) {
    event(
        () -> {
          MessageId id = world.fidelity().idOf(message);
          processor.charge(charges().judging(message, ends.count()));
          Examination examination = examine(id, message);
          Verdict _ =
              service.publish(
                  new Delivery(id, message, intake.partsOf(message), examination, null),
                  nowNanos());
        });
  }

  // ---- Links

  @Override
  public void dial(PeerAddress address, DialWay way) {
    dials++;
    Host target = world.hostAt(address.endpoint());
    world.observer().dialled(this, target == null ? -1 : target.number());
    LinkEnd end = newEnd(address, null);
    if (world.network().hasRouters()) {
      int port = address.endpoint().port();
      if (way != DialWay.ANY_PORT) {
        world.observer().dialsFromListeningPort(this, address, way);
      }
      world.network().dial(identity.host(), target, port, way, end);
    } else {
      world.network().dial(identity.host(), target, end);
    }
  }

  @Override
  public boolean send(LinkId link, WireMessage message) {
    LinkEnd end = ends.find(link);
    return end != null && end.offer(filter.sends(end, message));
  }

  void drainSoon(LinkEnd end) {
    toDrain.add(end);
  }

  @Override
  public long blockedSinceNanos(LinkId link) {
    LinkEnd end = ends.find(link);
    return end == null ? NOT_BLOCKED : end.blockedSinceNanos();
  }

  @Override
  public boolean takesMore(LinkId link) {
    LinkEnd end = ends.find(link);
    return end != null && end.takesAnother();
  }

  @Override
  public void close(LinkId link, CloseReason why) {
    LinkEnd end = ends.find(link);
    if (end != null) {
      end.closeWhenSent(why);
    }
  }

  @Override
  public long lastHeardNanos(LinkId link) {
    LinkEnd end = ends.find(link);
    return end == null ? Long.MIN_VALUE : end.lastHeardNanos();
  }
}
