package dev.waggle.domain.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.keyed.SipHash;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * All inbound links tell of addresses without end, each time of others, and half of them each time
 * over a new link (PROTOCOL §9.5): what that costs is a matter of time, not of how much they say.
 */
class AddressFloodTest {
  private static final int INBOUND = 117;
  private static final int OUTBOUND = 8;
  private static final int MAX_PENDING = 64;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration STEP = Duration.ofSeconds(1);

  /** What one address may tell in an hour. */
  private static final long PAID = AddressTokens.AT_FIRST + HOUR.dividedBy(AddressTokens.EVERY);

  private final Map<LinkId, Integer> toldOn = new LinkedHashMap<>();
  private final Alarm alarm = new Alarm();
  private final AddressBook book = Books.book(1);
  private final AddressExchange exchange =
      new AddressExchange(
          book,
          true,
          new OwnAddress(null),
          DialledBack.NEVER,
          (shunned, nowNanos) -> false,
          new CountingLinks(),
          new SipHash(1, 2),
          new Draws(new SeededRandom(1)),
          alarm);
  private long now;
  private long lastLink;
  private long looks;
  private int lastAddress;

  private LinkId link(Direction direction, String remote) {
    LinkId id = new LinkId(++lastLink);
    PeerInfo info =
        new PeerInfo(
            Books.peer((int) lastLink),
            new Endpoint(remote, 9000),
            new Endpoint("20.1.1.1", 9000),
            direction,
            "toy",
            "bincode",
            List.of());
    exchange.linked(id, info, now);
    return id;
  }

  private LinkId outbound(int number) {
    return link(Direction.OUTBOUND, "32." + number + ".1.1");
  }

  private LinkId inbound(int number) {
    return link(Direction.INBOUND, "31." + number + ".1.1");
  }

  /** Addresses that nobody has told of before, in as many groups as there are. */
  private final class Fresh extends AbstractList<AddressRecord> {
    private final int size;
    private final int first;

    Fresh(int size) {
      this.size = size;
      this.first = lastAddress;
      lastAddress += size;
    }

    @Override
    public AddressRecord get(int index) {
      looks++;
      int number = first + index;
      int bits = ((40 + number % 50) << 24) | Integer.reverse(number) >>> 8;
      return new AddressRecord(new IpEndpoint(IpAddress.ofIpv4(bits), 9000), 0, 1);
    }

    @Override
    public int size() {
      return size;
    }
  }

  private void pass() {
    now += STEP.toNanos();
    if (alarm.rings(now)) {
      exchange.timePassed(now);
    }
  }

  @Test
  void anHourOfAddresses_costsWhatAnHourMayCost() {
    for (int i = 0; i < OUTBOUND; i++) {
      outbound(i);
    }
    List<LinkId> flooders = new ArrayList<>();
    for (int i = 0; i < INBOUND; i++) {
      flooders.add(inbound(i));
    }
    long told = 0;
    for (long step = 0; step < HOUR.dividedBy(STEP); step++) {
      for (int i = 0; i < INBOUND; i++) {
        Fresh all = new Fresh(WireMessage.MAX_ADDRESSES);
        Fresh few = new Fresh(AddressExchange.MAX_FRESH); // So few that they are told on.
        told += all.size() + few.size();
        exchange.told(flooders.get(i), few, now);
        exchange.told(flooders.get(i), all, now);
        if (i % 2 == 0) {
          exchange.unlinked(flooders.get(i), now);
          flooders.set(i, inbound(i));
        }
      }
      pass();
    }

    long taken = told - exchange.dropped();
    assertThat(taken).as("taken").isBetween(INBOUND * PAID / 2, INBOUND * PAID);
    assertThat(book.size()).as("in the book").isLessThanOrEqualTo((int) taken);
    assertThat(looks).as("looks at what was told, all of them paid for").isEqualTo(taken);
    assertThat(toldOn).as("addresses told on to each link").isNotEmpty();
    assertThat(toldOn.values()).allMatch(count -> count <= PAID);
  }

  /** Ten times as many links as a node has, so that what else is in memory does not count. */
  @Test
  void allLinksAtTheirBound_holdWhatTheBudgetHasForThem() {
    int count = 10 * (INBOUND + OUTBOUND);
    List<AddressLink> all = new ArrayList<>();
    long before = usedBytes();
    for (int i = 0; i < count; i++) {
      IpEndpoint remote = new IpEndpoint(IpAddress.ofIpv4(i), 9000);
      AddressLink link =
          new AddressLink(new LinkId(i), false, remote, remote.address(), new SipHash(1, 2), now);
      new Fresh(2 * KnownAddresses.MAX).forEach(record -> link.knows(record.endpoint()));
      new Fresh(2 * MAX_PENDING).forEach(link::tellLater);
      all.add(link);
    }
    long perLink = (usedBytes() - before) / count;
    assertThat(perLink)
        .as("bytes that each of %s links holds", all.size())
        .isBetween(KnownAddresses.MAX * 8L, AddressExchange.MAX_BYTES_PER_LINK);
    long waiting = 0;
    now += HOUR.toNanos();
    for (AddressLink link : all) {
      waiting += link.takePending(now).size();
    }
    assertThat(waiting).isEqualTo((long) count * MAX_PENDING);
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Counts the addresses that are told. */
  private final class CountingLinks implements Links {
    @Override
    public boolean send(LinkId link, WireMessage message) {
      if (message instanceof WireMessage.Addr(var records)) {
        toldOn.merge(link, records.size(), Integer::sum);
      }
      return true;
    }

    @Override
    public void dial(PeerAddress address, DialWay way) {}

    @Override
    public boolean takesMore(LinkId link) {
      return true;
    }

    @Override
    public void close(LinkId link, CloseReason why) {}

    @Override
    public long lastHeardNanos(LinkId link) {
      return 0;
    }

    @Override
    public long blockedSinceNanos(LinkId link) {
      return NOT_BLOCKED;
    }
  }
}
