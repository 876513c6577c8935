package dev.waggle.dns;

import static dev.waggle.dns.SeedZoneTest.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.dns.SeedResponder.Via;
import dev.waggle.dns.support.Records;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a seeder answers, and what it does not, without a socket. */
class SeedResponderTest {
  private static final List<SeedNode> NODES =
      List.of(
          node("192.0.2.1:9000"),
          node("ab".repeat(32) + "@[2001:db8::1]:9000"),
          node("192.0.2.2:9001"),
          node("[2001:db8::2]:9001"));

  private long nanos;

  private SeedResponder responder(Supplier<List<SeedNode>> nodes) {
    return new SeedResponder(
        SeedZoneTest.ZONE, Instant.ofEpochSecond(7), nodes, 25, new Random(1), () -> nanos);
  }

  private static Message query(String name, int type) {
    return Message.newQuery(Record.newRecord(Records.name(name), type, DClass.IN));
  }

  private static Message extended(Message query, int payload) {
    query.addRecord(new OPTRecord(payload, 0, 0), Section.ADDITIONAL);
    return query;
  }

  private static Message answer(SeedResponder responder, Message query, Via via)
      throws IOException {
    Message answer =
        new Message(Objects.requireNonNull(responder.answer(query.toWire(), via), "an answer"));
    assertThat(answer.getHeader().getFlag(Flags.QR)).isTrue();
    assertThat(answer.getHeader().getID()).isEqualTo(query.getHeader().getID());
    assertThat(answer.getHeader().getFlag(Flags.RA)).isFalse();
    return answer;
  }

  private Message answer(String name, int type) throws IOException {
    return answer(responder(() -> NODES), query(name, type), Via.UDP);
  }

  private static List<String> texts(Message answer, int section) {
    return answer.getSection(section).stream()
        .map(record -> Type.string(record.getType()) + " " + record.rdataToString())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed.example. | A | A 192.0.2.1",
        "SEED.Example. | AAAA | AAAA 2001:db8:0:0:0:0:0:1",
        "p9001.seed.example. | A | A 192.0.2.2",
        "p9001.seed.example. | AAAA | AAAA 2001:db8:0:0:0:0:0:2",
        "seed.example. | NS | NS ns.example.",
        "seed.example. | SOA | SOA ns.example. hostmaster.seed.example. 7 300 60 3600 60",
        "_waggle._tcp.seed.example. | SRV | SRV 0 2 9001 p9001.seed.example.",
        "seed.example. | ANY | HINFO \"RFC8482\" \"\"",
      })
  void questionsAboutTheZone_areAnswered(String name, String type, String expected)
      throws IOException {
    Message answer = answer(name, Type.value(type));
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(texts(answer, Section.ANSWER)).containsExactly(expected);
    assertThat(answer.getSection(Section.AUTHORITY)).isEmpty();
  }

  @Test
  void pins_areTexts() throws IOException {
    assertThat(texts(answer("seed.example.", Type.TXT), Section.ANSWER))
        .containsExactly("TXT \"peerid=" + "ab".repeat(32) + "@[2001:db8::1]:9000\"");
  }

  @Test
  void services_bringTheirAddressesAlong() throws IOException {
    assertThat(texts(answer("_waggle._tcp.seed.example.", Type.SRV), Section.ADDITIONAL))
        .containsExactlyInAnyOrder("A 192.0.2.2", "AAAA 2001:db8:0:0:0:0:0:2");
  }

  @ParameterizedTest
  @CsvSource({
    "seed.example., MX, NOERROR",
    "seed.example., SRV, NOERROR",
    "_tcp.seed.example., A, NOERROR",
    "_waggle._tcp.seed.example., A, NOERROR",
    "p9001.seed.example., TXT, NOERROR",
    "p9002.seed.example., A, NXDOMAIN",
    "x.p9001.seed.example., A, NXDOMAIN",
    "www.seed.example., A, NXDOMAIN",
    "www.seed.example., ANY, NXDOMAIN",
  })
  void whatIsNotThere_isDenied_withTheZonesSoa(String name, String type, String rcode)
      throws IOException {
    Message answer = answer(name, Type.value(type));
    assertThat(Rcode.string(answer.getRcode())).isEqualTo(rcode);
    assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    assertThat(answer.getSection(Section.AUTHORITY))
        .singleElement()
        .matches(record -> record.getType() == Type.SOA);
  }

  @ParameterizedTest
  @CsvSource({
    "example., A",
    "other.example., A",
    "xseed.example., A",
    "., NS",
    "seed.example., AXFR",
    "seed.example., IXFR",
  })
  void otherZonesAndTransfers_areRefused(String name, String type) throws IOException {
    Message answer = answer(name, Type.value(type));
    assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
    assertThat(answer.getHeader().getFlag(Flags.AA)).isFalse();
    assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    assertThat(answer.getSection(Section.AUTHORITY)).isEmpty();
  }

  @Test
  void otherClass_isRefused() throws IOException {
    Message query =
        Message.newQuery(Record.newRecord(Records.name("seed.example."), Type.A, DClass.CH));
    assertThat(answer(responder(() -> NODES), query, Via.UDP).getRcode()).isEqualTo(Rcode.REFUSED);
  }

  @Test
  void otherOpcodes_areNotImplemented() throws IOException {
    for (int opcode : List.of(Opcode.IQUERY, Opcode.STATUS, Opcode.NOTIFY, Opcode.UPDATE)) {
      Message query = query("seed.example.", Type.SOA);
      query.getHeader().setOpcode(opcode);
      byte[] wire = Objects.requireNonNull(responder(() -> NODES).answer(query.toWire(), Via.UDP));
      assertThat(wire).hasSize(12);
      assertThat(new Message(wire).getRcode()).isEqualTo(Rcode.NOTIMP);
      assertThat(new Message(wire).getHeader().getOpcode()).isEqualTo(opcode);
    }
  }

  @Test
  void laterVersionOfEdns_isTurnedDown() throws IOException {
    Message query = query("seed.example.", Type.A);
    query.addRecord(new OPTRecord(1232, 0, 1), Section.ADDITIONAL);
    Message answer = answer(responder(() -> NODES), query, Via.UDP);
    assertThat(answer.getRcode()).isEqualTo(Rcode.BADVERS);
    assertThat(answer.getSection(Section.ANSWER)).isEmpty();
  }

  @Test
  void ednsIsAnsweredWithEdns_andOnlyThen() throws IOException {
    assertThat(answer("seed.example.", Type.A).getOPT()).isNull();
    Message answer =
        answer(responder(() -> NODES), extended(query("seed.example.", Type.A), 4096), Via.UDP);
    assertThat(answer.getOPT().getPayloadSize()).isEqualTo(1232);
  }

  @Test
  void answersOfOthersAndLessThanAHeader_areNotAnswered() {
    Message answer = query("seed.example.", Type.A);
    answer.getHeader().setFlag(Flags.QR);
    for (Via via : Via.values()) {
      assertThat(responder(() -> NODES).answer(answer.toWire(), via)).isNull();
      assertThat(responder(() -> NODES).answer(new byte[11], via)).isNull();
      assertThat(responder(() -> NODES).answer(new byte[0], via)).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6, 8, 10})
  void headerThatPromisesMuch_isTurnedDownUnread(int at) throws IOException {
    byte[] wire = query("seed.example.", Type.A).toWire();
    ByteBuffer.wrap(wire).putShort(at, (short) 60_000);
    byte[] answer = Objects.requireNonNull(responder(() -> NODES).answer(wire, Via.UDP));
    assertThat(answer).hasSize(12);
    assertThat(new Message(answer).getRcode()).isEqualTo(Rcode.FORMERR);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "2, 1", "3, 3"})
  void queryWithMoreThanAQuestion_isTurnedDown(int section, int records) throws IOException {
    Message query = query("seed.example.", Type.A);
    for (int i = 0; i < records; i++) {
      query.addRecord(
          section == Section.QUESTION
              ? Record.newRecord(Records.name("p9001.seed.example."), Type.A, DClass.IN)
              : Records.a("seed.example.", "192.0.2." + i),
          section);
    }
    byte[] answer = Objects.requireNonNull(responder(() -> NODES).answer(query.toWire(), Via.UDP));
    assertThat(new Message(answer).getRcode()).isEqualTo(Rcode.FORMERR);
  }

  @ParameterizedTest
  @EnumSource(Via.class)
  void damagedQueries_areAnsweredInBounds_orNotAtAll(Via via) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    SeedResponder responder = responder(() -> NODES);
    for (int i = 0; i < 20_000; i++) {
      byte[] wire = extended(query("_waggle._tcp.seed.example.", Type.SRV), 1232).toWire();
      wire = Arrays.copyOf(wire, 1 + random.nextInt(wire.length));
      for (int j = 0; j < 3; j++) {
        wire[random.nextInt(wire.length)] = (byte) random.nextInt();
      }
      byte[] answer = responder.answer(wire, via);
      if (answer != null) {
        assertThat(answer).as("seed %s", seed).hasSizeBetween(12, 12 * wire.length);
        assertThat(answer[3] & 0xF).as("seed %s", seed).isNotEqualTo(Rcode.SERVFAIL);
      }
    }
  }

  private static List<SeedNode> many(String format, int count) {
    return IntStream.range(0, count).mapToObj(i -> node(format.formatted(i))).toList();
  }

  @Test
  void ofManyNodes_eachAnswerHas25Others() throws IOException {
    SeedResponder responder = responder(() -> many("192.0.2.%d:9000", 200));
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      List<String> texts =
          texts(
              answer(responder, extended(query("seed.example.", Type.A), 1232), Via.UDP),
              Section.ANSWER);
      assertThat(texts).hasSize(25).doesNotHaveDuplicates();
      seen.addAll(texts);
    }
    assertThat(seen).hasSize(200);
  }

  @Test
  void overUdp_whatIsTooLong_isTruncated_andWholeOverTcp() throws IOException {
    SeedResponder responder =
        responder(() -> many("%064x@[2001:db8:1234:5678:9abc:def0:1234:5678]:9000", 25));
    Message query = extended(query("seed.example.", Type.TXT), 65_535);
    Message answer = answer(responder, query, Via.UDP);
    assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    assertThat(answer(responder, query, Via.TCP).getSection(Section.ANSWER)).hasSize(25);
  }

  /** An answer of {@code count} addresses to a query of this many bytes. */
  private boolean isTruncated(String name, int count, int payload) throws IOException {
    SeedZone zone = new SeedZone(name, "ns.example");
    SeedResponder responder =
        new SeedResponder(
            zone,
            Instant.EPOCH,
            () -> many("192.0.2.%d:9000", count),
            200,
            new Random(1),
            () -> nanos);
    Message query = query(name, Type.A);
    if (payload > 0) {
      extended(query, payload);
    }
    return answer(responder, query, Via.UDP).getHeader().getFlag(Flags.TC);
  }

  @Test
  void boundOfAnAnswer_isWhatTheAskerTakes_and1232Bytes_andTwelveTimesTheQuery()
      throws IOException {
    String name = "a234567890.b234567890.c234567890.d234567890.e234567890.";
    // 12 + 60 bytes of header and question, 16 for each address.
    assertThat(isTruncated(name, 27, 0)).as("504 bytes of 512").isFalse();
    assertThat(isTruncated(name, 28, 0)).as("520 bytes of 512").isTrue();
    assertThat(isTruncated(name, 28, 600)).as("531 bytes of 600").isFalse();
    assertThat(isTruncated(name, 33, 600)).as("611 bytes of 600").isTrue();
    // 83 bytes of query: 996 of answer.
    assertThat(isTruncated(name, 57, 1232)).as("995 bytes").isFalse();
    assertThat(isTruncated(name, 58, 1232)).as("1,011 bytes").isTrue();
    String longer = name + "f234567890.g234567890.h234567890.";
    assertThat(isTruncated(longer, 69, 9000)).as("1,220 bytes").isFalse();
    assertThat(isTruncated(longer, 70, 9000)).as("1,236 bytes").isTrue();
  }

  @Test
  void throttled_everyAnswerIsTruncated_andNotLongerThanItsQuery() throws IOException {
    for (Message query :
        List.of(
            query("seed.example.", Type.A),
            extended(query("seed.example.", Type.A), 1232),
            query("other.example.", Type.A))) {
      Message answer = answer(responder(() -> NODES), query, Via.UDP_THROTTLED);
      assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
      assertThat(answer.toWire()).hasSizeLessThanOrEqualTo(query.toWire().length);
    }
  }

  @Test
  void nodes_areAskedForOnceASecond() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    SeedResponder responder = responder(() -> many("192.0.2.%d:9000", asked.incrementAndGet()));
    List<Integer> sizes = new ArrayList<>();
    for (long millis : List.of(0L, 0L, 999L, 1_000L, 1_999L, 5_000L)) {
      nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      sizes.add(
          answer(responder, query("seed.example.", Type.A), Via.UDP)
              .getSection(Section.ANSWER)
              .size());
    }
    assertThat(sizes).containsExactly(1, 1, 1, 2, 2, 3);
  }

  @Test
  void whoCannotTellTheNodes_leavesThemAsTheyWere() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    SeedResponder responder =
        responder(
            () -> {
              if (asked.incrementAndGet() > 1) {
                throw new IllegalStateException("the disk is on fire");
              }
              return NODES;
            });
    for (int i = 0; i < 10; i++) {
      assertThat(texts(answer(responder, query("seed.example.", Type.A), Via.UDP), Section.ANSWER))
          .containsExactly("A 192.0.2.1");
      nanos += TimeUnit.MILLISECONDS.toNanos(500);
    }
    assertThat(asked).hasValue(5);
  }

  @Test
  void weights_ofPorts_areThoseOfTheirNodes() throws IOException {
    List<SeedNode> nodes =
        Stream.concat(many("192.0.2.%d:7", 3).stream(), Stream.of(node("192.0.2.9:8"))).toList();
    assertThat(
            texts(
                answer(
                    responder(() -> nodes), query("_waggle._tcp.seed.example.", Type.SRV), Via.UDP),
                Section.ANSWER))
        .containsExactly("SRV 0 3 7 p7.seed.example.", "SRV 0 1 8 p8.seed.example.");
  }
}
