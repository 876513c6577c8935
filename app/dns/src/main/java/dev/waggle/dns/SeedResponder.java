package dev.waggle.dns;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.HINFORecord;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What a seeder answers: bytes in, bytes out, no socket. Safe from any thread.
 *
 * <p>It is authoritative for its zone and knows nothing else. What costs memory before it is
 * understood, a header that promises many records, is turned down by the header alone.
 */
final class SeedResponder {
  /** How a query has come. */
  enum Via {
    UDP,
    /** Over UDP, from a network that asks too much: it is told to come by TCP. */
    UDP_THROTTLED,
    TCP
  }

  /** An answer over UDP has at most so many times the bytes of its query. */
  static final int AMPLIFICATION = 12;

  /** What any resolver takes (RFC 1035 §4.2.1). */
  private static final int PLAIN_UDP_BYTES = 512;

  /** How long a list of nodes is used before the supplier is asked for another. */
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int QR_OPCODE_BYTE = 2;
  private static final int RD_BIT = 1;

  private static final Logger LOG = System.getLogger(SeedResponder.class.getName());

  private final SeedZone zone;
  private final Instant started;
  private final Supplier<List<SeedNode>> nodes;
  private final int sample;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;
  private Index index = new Index(Map.of(), Map.of(), List.of(), List.of());
  private long indexedNanos;
  private final AtomicBoolean complained = new AtomicBoolean();

  /**
   * @param nodes those reachable now; asked once a second at most, on the asking thread
   * @param sample nodes in an answer at most
   * @param random safe from any thread
   */
  SeedResponder(
      SeedZone zone,
      Instant started,
      Supplier<List<SeedNode>> nodes,
      int sample,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.zone = zone;
    this.started = started;
    this.nodes = nodes;
    this.sample = sample;
    this.random = random;
    this.nanoTime = nanoTime;
    this.indexedNanos = nanoTime.getAsLong() - FRESH_NANOS;
  }

  /** The nodes by the questions to which they are the answer. */
  private record Index(
      Map<Name, List<SeedNode>> ipv4,
      Map<Name, List<SeedNode>> ipv6,
      List<SeedNode> elsewhere,
      List<SeedNode> pinned) {}

  /**
   * Answers {@code query}.
   *
   * @return null for what must not be answered: the answers of others, or less than a header
   */
  byte @Nullable [] answer(byte[] query, Via via) {
    if (query.length < Header.LENGTH || (query[QR_OPCODE_BYTE] & 0x80) != 0) {
      return null;
    }
    if ((query[QR_OPCODE_BYTE] >> 3 & 0xF) != Opcode.QUERY) {
      return error(query, Rcode.NOTIMP);
    }
    Message parsed = hasOneQuestion(query) ? DnsClient.parse(query) : null;
    // Of a message that says of itself that it is truncated, dnsjava gives what there is.
    if (parsed == null || parsed.getQuestion() == null) {
      return error(query, Rcode.FORMERR);
    }
    try {
      return answer(query, parsed, via);
    } catch (RuntimeException e) {
      if (!complained.getAndSet(true)) {
        LOG.log(
            Level.WARNING, "this DNS query and others like it have no answer: {0}", e.toString());
      }
      return error(query, Rcode.SERVFAIL);
    }
  }

  private byte[] answer(byte[] query, Message parsed, Via via) {
    if (via == Via.UDP_THROTTLED) {
      return truncated(parsed);
    }
    byte[] answer = answer(parsed).toWire();
    return via == Via.UDP && answer.length > limit(query, parsed) ? truncated(parsed) : answer;
  }

  /** One question, no answers, and nothing behind them but what EDNS and a signature need. */
  private static boolean hasOneQuestion(byte[] query) {
    return count(query, 4) == 1
        && count(query, 6) == 0
        && count(query, 8) == 0
        && count(query, 10) <= 2;
  }

  private static int count(byte[] query, int at) {
    return ((query[at] & 0xFF) << 8) | (query[at + 1] & 0xFF);
  }

  /** A header that says no, to a query that was not read. */
  private static byte[] error(byte[] query, int rcode) {
    byte[] answer = Arrays.copyOf(query, QR_OPCODE_BYTE + 2);
    answer[QR_OPCODE_BYTE] = (byte) (0x80 | (query[QR_OPCODE_BYTE] & (0x78 | RD_BIT)));
    answer[QR_OPCODE_BYTE + 1] = (byte) rcode;
    return Arrays.copyOf(answer, Header.LENGTH);
  }

  private static int limit(byte[] query, Message parsed) {
    OPTRecord opt = parsed.getOPT();
    int payload = opt == null ? PLAIN_UDP_BYTES : Math.max(PLAIN_UDP_BYTES, opt.getPayloadSize());
    return Math.min(Math.min(payload, DnsClient.UDP_BYTES), AMPLIFICATION * query.length);
  }

  private static Message reply(Message query) {
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    if (query.getHeader().getFlag(Flags.RD)) {
      answer.getHeader().setFlag(Flags.RD);
    }
    answer.addRecord(query.getQuestion(), Section.QUESTION);
    return answer;
  }

  /** The question again, and that there is more to be had over TCP. */
  private static byte[] truncated(Message query) {
    Message truncated = reply(query);
    truncated.getHeader().setFlag(Flags.TC);
    addOpt(query, truncated, 0);
    return truncated.toWire();
  }

  /** Who knows EDNS is told that we do, too (RFC 6891 §6.1.1). */
  private static void addOpt(Message query, Message answer, int extendedRcode) {
    if (query.getOPT() != null) {
      answer.addRecord(new OPTRecord(DnsClient.UDP_BYTES, extendedRcode, 0), Section.ADDITIONAL);
    }
  }

  private Message answer(Message query) {
    Message answer = reply(query);
    Record question = query.getQuestion();
    OPTRecord opt = query.getOPT();
    if (opt != null && opt.getVersion() != 0) {
      addOpt(query, answer, Rcode.BADVERS >> 4);
      return answer;
    }
    int type = question.getType();
    if (question.getDClass() != DClass.IN
        || !question.getName().subdomain(zone.origin())
        || type == Type.AXFR
        || type == Type.IXFR) {
      answer.getHeader().setRcode(Rcode.REFUSED);
    } else {
      answer.getHeader().setFlag(Flags.AA);
      addRecords(answer, question.getName(), type);
    }
    addOpt(query, answer, 0);
    return answer;
  }

  private void addRecords(Message answer, Name name, int type) {
    Index current = index();
    if (!exists(current, name)) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    } else if (type == Type.ANY) {
      // Not all that there is: RFC 8482 §4.2.
      answer.addRecord(
          new HINFORecord(name, DClass.IN, SeedZone.TTL, "RFC8482", ""), Section.ANSWER);
    } else if (type == Type.SRV && name.equals(zone.service())) {
      List<SeedNode> some = some(current.elsewhere());
      add(zone.services(some), answer, Section.ANSWER);
      for (SeedNode node : some) {
        add(SeedZone.addresses(zone.owner(node), List.of(node)), answer, Section.ADDITIONAL);
      }
    } else {
      add(records(current, name, type), answer, Section.ANSWER);
    }
    if (answer.getSection(Section.ANSWER).isEmpty()) {
      answer.addRecord(zone.soa(started), Section.AUTHORITY); // Says how long "nothing" holds.
    }
  }

  private boolean exists(Index current, Name name) {
    Name service = zone.service();
    return name.equals(zone.origin())
        || service.subdomain(name) // _waggle._tcp, and the _tcp above it.
        || current.ipv4().containsKey(name)
        || current.ipv6().containsKey(name);
  }

  /** The records of one type. */
  private List<? extends Record> records(Index current, Name name, int type) {
    boolean apex = name.equals(zone.origin());
    return switch (type) {
      case Type.A -> SeedZone.addresses(name, some(current.ipv4().getOrDefault(name, List.of())));
      case Type.AAAA ->
          SeedZone.addresses(name, some(current.ipv6().getOrDefault(name, List.of())));
      case Type.TXT -> apex ? zone.pins(some(current.pinned())) : List.of();
      case Type.SOA -> apex ? List.of(zone.soa(started)) : List.of();
      case Type.NS -> apex ? List.of(zone.nameServer()) : List.of();
      default -> List.of();
    };
  }

  private static void add(List<? extends Record> records, Message answer, int section) {
    records.forEach(record -> answer.addRecord(record, section));
  }

  /** Other ones each time, so that no node is asked by all. */
  private List<SeedNode> some(List<SeedNode> all) {
    return all.size() <= sample
        ? all
        : random.ints(0, all.size()).distinct().limit(sample).mapToObj(all::get).toList();
  }

  /** One for all who ask within a second: to sort the nodes anew for each would be their choice. */
  private synchronized Index index() {
    long now = nanoTime.getAsLong();
    if (now - indexedNanos >= FRESH_NANOS) {
      indexedNanos = now; // Who fails is asked once a second, too.
      try {
        index = index(nodes.get());
      } catch (RuntimeException e) {
        LOG.log(
            Level.WARNING, "the nodes to name in the DNS remain as they were: {0}", e.toString());
      }
    }
    return index;
  }

  private Index index(List<SeedNode> all) {
    List<SeedNode> distinct = all.stream().distinct().toList();
    return new Index(
        byOwner(distinct, node -> node.endpoint().address().isIpv4()),
        byOwner(distinct, node -> !node.endpoint().address().isIpv4()),
        distinct.stream().filter(node -> node.endpoint().port() != SeedNames.DEFAULT_PORT).toList(),
        distinct.stream().filter(node -> node.peerId() != null).toList());
  }

  private Map<Name, List<SeedNode>> byOwner(List<SeedNode> all, Predicate<SeedNode> which) {
    return all.stream().filter(which).collect(Collectors.groupingBy(zone::owner));
  }
}
