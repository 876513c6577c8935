package dev.waggle.dns;

import static dev.waggle.dns.support.Records.a;
import static dev.waggle.dns.support.Records.aaaa;
import static dev.waggle.dns.support.Records.cname;
import static dev.waggle.dns.support.Records.srv;
import static dev.waggle.dns.support.Records.txt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.dns.support.Answers;
import dev.waggle.dns.support.DnsServer;
import dev.waggle.dns.support.DnsServer.Via;
import dev.waggle.dns.support.Records;
import dev.waggle.ports.PeerAddress;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The look-up against a real server on loopback: what it takes, and what it does not believe. */
@Timeout(60)
@Tag("long")
class DnsSeedDirectoryTest {
  private static final String SEED = "seed.example.";
  private static final String SERVICE = "_waggle._tcp.seed.example.";
  private static final String ID = "ab".repeat(32);
  private static final String OTHER_ID = "cd".repeat(32);

  /** For servers that answer: reached only if something is broken. */
  private static final Duration LONG = Duration.ofSeconds(30);

  /** For servers that do not. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static List<String> lookUp(DnsServer server, Duration deadline) throws IOException {
    return new DnsSeedDirectory(List.of(server.endpoint()), deadline)
        .lookUp("seed.example").stream().map(PeerAddress::toString).toList();
  }

  private static List<String> lookUp(Record... records) throws IOException {
    try (DnsServer server = DnsServer.start(Answers.of(records))) {
      return lookUp(server, LONG);
    }
  }

  private static void assertFails(DnsServer server, Duration deadline, String... words) {
    assertThatThrownBy(() -> lookUp(server, deadline))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageStartingWith("no seeds from seed.example: " + server.endpoint() + " ")
        .hasMessageContainingAll(words);
  }

  @Test
  void recordsOfAllTypes_areNodes_thePinnedFirst() throws IOException {
    assertThat(
            lookUp(
                a(SEED, "10.1.2.3"),
                a(SEED, "127.0.0.1"),
                aaaa(SEED, "2001:db8:0:0:0:0:0:1"),
                aaaa(SEED, "::1"),
                srv(SERVICE, 0, 0, 9001, "p.example."),
                a("p.example.", "192.0.2.1"),
                aaaa("p.example.", "2001:db8::2"),
                txt(SEED, "peerid=" + ID + "@[2001:DB8:0::3]:9002")))
        .containsExactly(
            ID + "@[2001:db8::3]:9002",
            "192.0.2.1:9001",
            "[2001:db8::2]:9001",
            "10.1.2.3:9000",
            "127.0.0.1:9000",
            "[2001:db8::1]:9000",
            "[::1]:9000");
  }

  @Test
  void endpointNamedTwice_isOne_andIsPinnedByTheFirstPin() throws IOException {
    assertThat(
            lookUp(
                a(SEED, "192.0.2.1"),
                a(SEED, "192.0.2.1"),
                srv(SERVICE, 0, 0, 9000, SEED),
                txt(SEED, "peerid=" + ID + "@192.0.2.1:9000"),
                txt(SEED, "peerid=" + OTHER_ID + "@192.0.2.1:9000")))
        .containsExactly(ID + "@192.0.2.1:9000");
  }

  @Test
  void pinOfAnAddressThatNoAnswerHas_isANodeOfItsOwn() throws IOException {
    assertThat(lookUp(a(SEED, "192.0.2.1"), txt(SEED, "peerid=" + ID, "@192.0.2.", "2:9000")))
        .containsExactly(ID + "@192.0.2.2:9000", "192.0.2.1:9000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=spf1 -all",
        "",
        "peerid=",
        "peerid=192.0.2.2:9000",
        "peerid=@192.0.2.2:9000",
        "peerid=ab@192.0.2.2:9000",
        "peerid=%s@192.0.2.2",
        "peerid=%s@192.0.2.2:0",
        "peerid=%s@192.0.2.2:65536",
        "peerid=%s@192.0.2.256:9000",
        "peerid=%s@2001:db8::2:9000",
        "peerid=%s@[fe80::1%%eth0]:9000",
        "peerid=%s@other.example:9000",
        "peerid=%s@192.0.2.2:9000 ",
        " peerid=%s@192.0.2.2:9000",
        "PEERID=%s@192.0.2.2:9000",
        "peerid=g%s@192.0.2.2:9000",
      })
  void textThatIsNoPin_isIgnored(String text) throws IOException {
    assertThat(lookUp(a(SEED, "192.0.2.1"), txt(SEED, text.formatted(ID))))
        .containsExactly("192.0.2.1:9000");
  }

  @Test
  void addressOfIpv4InTheFormOfIpv6_isTheSame() throws IOException {
    try (DnsServer server =
        DnsServer.start(
            (query, via) -> {
              Message answer = Answers.reply(query);
              if (query.getQuestion().getType() == Type.AAAA) {
                byte[] mapped = new byte[16];
                System.arraycopy(new byte[] {-1, -1, (byte) 192, 0, 2, 1}, 0, mapped, 10, 6);
                answer.addRecord(
                    new org.xbill.DNS.AAAARecord(Records.name(SEED), 1, 60, mapped),
                    Section.ANSWER);
              }
              return List.of(answer.toWire());
            })) {
      assertThat(lookUp(server, LONG)).containsExactly("192.0.2.1:9000");
    }
  }

  @Test
  void servicesAddressesThatComeAlong_areNotAskedFor() throws IOException {
    Answers records = Answers.of(srv(SERVICE, 0, 0, 9001, "p.example."));
    try (DnsServer server =
        DnsServer.start(
            (query, via) -> {
              Message answer = records.message(query);
              answer.addRecord(a("p.example.", "192.0.2.1"), Section.ADDITIONAL);
              answer.addRecord(a("other.example.", "192.0.2.2"), Section.ADDITIONAL);
              return List.of(answer.toWire());
            })) {
      assertThat(lookUp(server, LONG)).containsExactly("192.0.2.1:9001");
      assertThat(server.questions()).hasSize(4);
    }
  }

  @Test
  void ofManyServices_twoAreAskedFor_theMostWantedFirst() throws IOException {
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      records.add(srv(SERVICE, i == 7 ? 1 : 2, i, 9001 + i, "p" + i + ".example."));
      records.add(a("p" + i + ".example.", "192.0.2." + i));
    }
    try (DnsServer server = DnsServer.start(new Answers(records))) {
      assertThat(lookUp(server, LONG)).containsExactly("192.0.2.7:9008", "192.0.2.19:9020");
      assertThat(server.questions())
          .hasSize(SeedLookUp.MAX_QUESTIONS)
          .contains("UDP AAAA p7.example.", "UDP A p19.example.");
    }
  }

  @Test
  void servicesThatCannotBeDialled_areIgnored() throws IOException {
    assertThat(
            lookUp(
                srv(SERVICE, 0, 9, 0, "p.example."),
                srv(SERVICE, 0, 8, 9001, "."),
                srv(SERVICE, 0, 7, 9002, "nowhere.example."),
                srv(SERVICE, 0, 6, 65535, "p.example."),
                txt("nowhere.example.", "no address"),
                a("p.example.", "192.0.2.1")))
        .containsExactly("192.0.2.1:65535");
  }

  @Test
  void aliases_areFollowed_eightOfThem() throws IOException {
    List<Record> chain = new ArrayList<>(List.of(a("n8.", "192.0.2.1"), a("n0.", "192.0.2.2")));
    chain.add(cname(SEED, "n1."));
    IntStream.range(1, 8).forEach(i -> chain.add(cname("n" + i + ".", "n" + (i + 1) + ".")));
    try (DnsServer server = DnsServer.start(new Answers(chain))) {
      assertThat(lookUp(server, LONG)).containsExactly("192.0.2.1:9000");
    }

    chain.set(0, cname("n8.", "n9."));
    chain.add(a("n9.", "192.0.2.1"));
    chain.add(srv(SERVICE, 0, 0, 9, "none."));
    chain.add(txt("none.", "no address"));
    try (DnsServer server = DnsServer.start(new Answers(chain))) {
      assertThat(lookUp(server, LONG)).isEmpty();
    }
  }

  @Test
  void loopOfAliases_hasNoNodes() throws IOException {
    assertThat(
            lookUp(
                cname(SEED, "b.example."),
                cname("b.example.", SEED),
                srv(SERVICE, 0, 0, 9001, "p.example."),
                a("p.example.", "192.0.2.1")))
        .containsExactly("192.0.2.1:9001");
  }

  @Test
  void recordsOfOtherNamesAndClasses_areIgnored() throws IOException {
    try (DnsServer server =
        DnsServer.start(
            (query, via) -> {
              Message answer = Answers.reply(query);
              Stream.of(
                      a("other.example.", "192.0.2.1"),
                      a("x." + SEED, "192.0.2.2"),
                      aaaa("example.", "2001:db8::1"),
                      txt("other.example.", "peerid=" + ID + "@192.0.2.3:9000"),
                      srv(SEED, 0, 0, 9001, SEED),
                      new org.xbill.DNS.ARecord(
                          Records.name(SEED), 3, 60, new byte[] {(byte) 192, 0, 2, 4}),
                      new org.xbill.DNS.TXTRecord(
                          Records.name(SEED), 3, 60, "peerid=" + ID + "@192.0.2.7:9000"),
                      cname("other.example.", SEED))
                  .forEach(record -> answer.addRecord(record, Section.ANSWER));
              answer.addRecord(a(SEED, "192.0.2.5"), Section.AUTHORITY);
              answer.addRecord(a(SEED, "192.0.2.6"), Section.ADDITIONAL);
              return List.of(answer.toWire());
            })) {
      assertThat(lookUp(server, LONG)).isEmpty();
    }
  }

  @Test
  void silentServer_failsAtTheDeadline_inWords() throws IOException {
    try (DnsServer server = DnsServer.start((query, via) -> List.of())) {
      assertFails(
          server,
          SHORT,
          "does not answer (A of seed.example, AAAA of seed.example, "
              + "SRV of _waggle._tcp.seed.example, TXT of seed.example)");
      assertThat(server.questions().size()).isBetween(4, 4 * DnsClient.MAX_ATTEMPTS);
    }
  }

  @Test
  void lostDatagram_isSentAgain() throws IOException {
    try (DnsServer server =
        DnsServer.start(
            new DnsServer.Behaviour() {
              private int asked;

              @Override
              public List<byte[]> answer(Message query, Via via) {
                asked++;
                return asked <= 4 ? List.of() : Answers.of(a(SEED, "192.0.2.1")).answer(query, via);
              }
            })) {
      assertThat(lookUp(server, Duration.ofSeconds(4))).containsExactly("192.0.2.1:9000");
    }
  }

  @Test
  void whatSomeQuestionsFind_isTaken_thoughOthersFindNoAnswer() throws IOException {
    Answers answers = Answers.of(a(SEED, "192.0.2.1"));
    try (DnsServer server =
        DnsServer.start(
            (query, via) ->
                query.getQuestion().getType() == Type.A ? answers.answer(query, via) : List.of())) {
      assertThat(lookUp(server, SHORT)).containsExactly("192.0.2.1:9000");
    }
  }

  @Test
  void truncatedAnswer_isFetchedOverTcp() throws IOException {
    Record[] many =
        IntStream.range(0, 200).mapToObj(i -> a(SEED, "192.0.2." + i)).toArray(Record[]::new);
    try (DnsServer server = DnsServer.start(Answers.of(many))) {
      assertThat(lookUp(server, LONG)).hasSize(200).contains("192.0.2.199:9000");
      assertThat(server.questions()).contains("UDP A seed.example.", "TCP A seed.example.");
    }
  }

  private static DnsServer overTcp(DnsServer.Behaviour tcp) throws IOException {
    return DnsServer.start(
        (query, via) ->
            via == Via.UDP ? List.of(Answers.truncated(query)) : tcp.answer(query, via));
  }

  @Test
  void tcpThatStallsBeforeOrAmidTheAnswer_failsAtTheDeadline() throws IOException {
    byte[] half = {1, 0, 1, 2, 3};
    for (List<byte[]> bytes : List.of(List.of(DnsServer.STALL), List.of(half, DnsServer.STALL))) {
      try (DnsServer server = overTcp((query, via) -> bytes)) {
        assertFails(server, SHORT, "the answer was truncated, and none came over TCP in time");
      }
    }
  }

  @Test
  void tcpThatIsCutOff_failsAtOnce() throws IOException {
    List<List<byte[]>> beginnings =
        List.of(List.of(), List.of(new byte[] {1}), List.of(new byte[] {1, 0, 1, 2, 3}));
    for (List<byte[]> bytes : beginnings) {
      try (DnsServer server = overTcp((query, via) -> bytes)) {
        assertFails(server, LONG, "closed amid a message");
      }
    }
  }

  @Test
  void tcpWithAnotherIdOrGarbageOrTruncatedAgain_fails() throws IOException {
    try (DnsServer server =
        overTcp(
            (query, via) -> {
              Message answer = Answers.of(a(SEED, "192.0.2.1")).message(query);
              answer.getHeader().setID(query.getHeader().getID() ^ 1);
              return List.of(Answers.framed(answer.toWire()));
            })) {
      assertFails(server, LONG, "what comes over TCP does not answer the question");
    }
    try (DnsServer server =
        overTcp((query, via) -> List.of(Answers.framed(new byte[] {1, 2, 3})))) {
      assertFails(server, LONG, "what comes over TCP does not answer the question");
    }
    try (DnsServer server =
        overTcp((query, via) -> List.of(Answers.framed(Answers.truncated(query))))) {
      assertFails(server, LONG, "truncated over TCP as well");
    }
  }

  /** What anybody can send who guesses a port; the right answer comes after it. */
  private static List<byte[]> lies(Message query) {
    Message otherId = Answers.of(a(SEED, "192.0.2.66")).message(query);
    otherId.getHeader().setID(query.getHeader().getID() ^ 1);
    Message otherQuestion =
        Answers.of(a("other.example.", "192.0.2.66"))
            .message(Message.newQuery(Record.newRecord(Records.name("other.example."), Type.A, 1)));
    otherQuestion.getHeader().setID(query.getHeader().getID());
    Message otherType = otherQuestion.clone();
    otherType.removeAllRecords(Section.QUESTION);
    otherType.addRecord(
        Record.newRecord(query.getQuestion().getName(), Type.MX, 1), Section.QUESTION);
    Message noQuestion = Answers.of(a(SEED, "192.0.2.66")).message(query);
    noQuestion.removeAllRecords(Section.QUESTION);
    Message twoQuestions = Answers.of(a(SEED, "192.0.2.66")).message(query);
    twoQuestions.addRecord(query.getQuestion(), Section.QUESTION);
    return List.of(
        otherId.toWire(),
        otherQuestion.toWire(),
        otherType.toWire(),
        noQuestion.toWire(),
        twoQuestions.toWire(),
        query.toWire(), // A query is no answer.
        new byte[0],
        new byte[] {1, 2, 3},
        Arrays.copyOf(Answers.reply(query).toWire(), 14));
  }

  @Test
  void liesBeforeTheAnswer_areIgnored() throws IOException {
    Answers truth = Answers.of(a(SEED, "192.0.2.1"));
    try (DnsServer server =
        DnsServer.start(
            (query, via) ->
                Stream.concat(lies(query).stream(), truth.answer(query, via).stream()).toList())) {
      assertThat(lookUp(server, LONG)).containsExactly("192.0.2.1:9000");
    }
  }

  @Test
  void liesOnly_failAtTheDeadline_inWords() throws IOException {
    try (DnsServer server = DnsServer.start((query, via) -> lies(query))) {
      assertFails(server, SHORT, "sends datagrams that do not answer the question");
    }
  }

  @Test
  void floodOfLies_endsTheQuestionBeforeTheDeadline() throws IOException {
    try (DnsServer server =
        DnsServer.start(
            (query, via) -> IntStream.range(0, 120).mapToObj(i -> new byte[] {1}).toList())) {
      assertFails(server, Duration.ofDays(1), "fails: datagrams that do not answer the question");
    }
  }

  @Test
  void thousandsOfRecords_are256Nodes() throws IOException {
    Record[] many =
        IntStream.range(0, 4_000)
            .mapToObj(i -> a(SEED, "10.0." + i / 256 + "." + i % 256))
            .toArray(Record[]::new);
    assertThat(lookUp(many)).hasSize(SeedLookUp.MAX_NODES).doesNotHaveDuplicates();
  }

  @Test
  void thousandsOfServicesAndTexts_are256Nodes() throws IOException {
    List<Record> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(srv(SERVICE, 0, 0, 1 + i, "p.example."));
    }
    IntStream.range(0, 200).forEach(i -> many.add(a("p.example.", "192.0.2." + i)));
    try (DnsServer server = DnsServer.start(new Answers(many))) {
      assertThat(lookUp(server, LONG)).hasSize(SeedLookUp.MAX_NODES);
    }
  }

  @Test
  void headerThatPromisesMoreThanComes_isNoAnswer() throws IOException {
    try (DnsServer server =
        overTcp(
            (query, via) -> {
              byte[] answer = Answers.of(a(SEED, "192.0.2.1")).message(query).toWire();
              answer[6] = (byte) (10_000 >> 8);
              answer[7] = (byte) 10_000;
              return List.of(Answers.framed(answer));
            })) {
      assertFails(server, LONG, "what comes over TCP does not answer the question");
    }
  }

  @Test
  void damagedAnswers_neverDoMoreThanFail() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Answers truth =
        Answers.of(
            a(SEED, "192.0.2.1"),
            aaaa(SEED, "2001:db8::1"),
            txt(SEED, "peerid=" + ID + "@192.0.2.2:9000"),
            srv(SERVICE, 0, 0, 9001, SEED));
    try (DnsServer server =
        DnsServer.start(
            (query, via) -> {
              byte[] answer = truth.message(query).toWire();
              synchronized (random) {
                for (int i = 0; i < 3; i++) {
                  answer[2 + random.nextInt(answer.length - 2)] = (byte) random.nextInt();
                }
              }
              return List.of(via == Via.TCP ? Answers.framed(answer) : answer);
            })) {
      for (int i = 0; i < 200; i++) {
        try {
          assertThat(lookUp(server, Duration.ofMillis(20))).as("seed %s", seed).hasSizeLessThan(9);
        } catch (IOException e) {
          assertThat(e).as("seed %s", seed).hasMessageStartingWith("no seeds from seed.example: ");
        }
      }
    }
  }

  @Test
  void serverThatFails_isAskedOnce_andTheNextOneAnswers() throws IOException {
    try (DnsServer bad =
            DnsServer.start((query, via) -> List.of(Answers.error(query, Rcode.SERVFAIL)));
        DnsServer good = DnsServer.start(Answers.of(a(SEED, "192.0.2.1")))) {
      assertFails(bad, LONG, "says SERVFAIL (A of seed.example, ");
      assertThat(bad.questions()).hasSize(4);
      assertThat(
              new DnsSeedDirectory(List.of(bad.endpoint(), good.endpoint()), LONG)
                  .lookUp("seed.example."))
          .hasSize(1);
    }
  }

  @Test
  void serverThatIsNotThere_isPassedOver() throws IOException {
    try (DnsServer good = DnsServer.start(Answers.of(a(SEED, "192.0.2.1")))) {
      DnsServer gone = DnsServer.start((query, via) -> List.of());
      gone.close();
      assertThat(
              new DnsSeedDirectory(List.of(gone.endpoint(), good.endpoint()), LONG)
                  .lookUp("seed.example"))
          .hasSize(1);
      assertFails(gone, LONG, "fails: ");
    }
  }

  @Test
  void fourthServer_isNeverAsked() throws IOException {
    DnsServer.Behaviour refuses = (query, via) -> List.of(Answers.error(query, Rcode.REFUSED));
    try (DnsServer first = DnsServer.start(refuses);
        DnsServer second = DnsServer.start(refuses);
        DnsServer third = DnsServer.start(refuses);
        DnsServer fourth = DnsServer.start(Answers.of(a(SEED, "192.0.2.1")))) {
      DnsSeedDirectory directory =
          new DnsSeedDirectory(
              List.of(first.endpoint(), second.endpoint(), third.endpoint(), fourth.endpoint()),
              LONG);
      assertThatThrownBy(() -> directory.lookUp("seed.example"))
          .isExactlyInstanceOf(IOException.class)
          .hasMessageContaining(third.endpoint() + " says REFUSED");
      assertThat(fourth.questions()).isEmpty();
    }
  }

  @Test
  void nameThatIsNotThere_failsInWords_andNoOtherServerIsAsked() throws IOException {
    try (DnsServer server = DnsServer.start(Answers.of());
        DnsServer other = DnsServer.start(Answers.of(a(SEED, "192.0.2.1")))) {
      assertFails(server, LONG, "says NXDOMAIN: there is no such name (A of seed.example, ");
      DnsSeedDirectory directory =
          new DnsSeedDirectory(List.of(server.endpoint(), other.endpoint()), LONG);
      assertThatThrownBy(() -> directory.lookUp("seed.example")).isInstanceOf(IOException.class);
      assertThat(other.questions()).isEmpty();
    }
  }

  @Test
  void serverFromBeforeEdns_isAskedWithoutIt() throws IOException {
    Answers truth = Answers.of(a(SEED, "192.0.2.1"));
    try (DnsServer server =
        DnsServer.start(
            (query, via) -> {
              if (query.getOPT() == null) {
                return truth.answer(query, via);
              }
              Message error = Answers.reply(query);
              error.getHeader().setRcode(Rcode.FORMERR);
              error.removeAllRecords(Section.QUESTION);
              return List.of(error.toWire());
            })) {
      assertThat(lookUp(server, LONG)).containsExactly("192.0.2.1:9000");
      assertThat(server.questions()).hasSize(8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a..example", "\\999.example", "äöü\u0000"})
  void whatIsNoName_failsInWords(String name) {
    assertThatThrownBy(() -> new DnsSeedDirectory().lookUp(name))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("DNS");
  }

  @Test
  void namesThatAreTooLong_failInWords() {
    for (String name : List.of("a".repeat(64), "a.".repeat(122))) {
      assertThatThrownBy(() -> new DnsSeedDirectory().lookUp(name))
          .isExactlyInstanceOf(IOException.class)
          .hasMessageContaining(name);
    }
  }

  @Test
  void zoneWithoutNodes_isNoFailure() throws IOException {
    assertThat(lookUp(txt(SEED, "v=spf1 -all"), txt(SERVICE, "nothing"))).isEmpty();
  }

  @Test
  void serverOverIpv6_isAsked() throws IOException {
    assumeTrue(hasIpv6(), "this machine has no IPv6 on loopback");
    try (DnsServer server = DnsServer.start("::1", Answers.of(aaaa(SEED, "2001:db8::1")))) {
      assertThat(lookUp(server, LONG)).containsExactly("[2001:db8::1]:9000");
    }
  }

  private static boolean hasIpv6() throws IOException {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0))) {
      return socket.isBound();
    } catch (SocketException e) {
      return false;
    }
  }

  @Test
  void withoutServers_theSystemsAreAsked() throws IOException {
    try (DnsServer server = DnsServer.start(Answers.of(a(SEED, "192.0.2.1")))) {
      System.setProperty("dns.server", server.endpoint().toString());
      try {
        assertThat(new DnsSeedDirectory().lookUp("seed.example"))
            .containsExactly(PeerAddress.parse("192.0.2.1:9000"));
      } finally {
        System.clearProperty("dns.server");
      }
    }
  }

  @Test
  void interruptedThread_endsTheLookUp() throws IOException {
    try (DnsServer server = DnsServer.start((query, via) -> List.of())) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> lookUp(server, Duration.ofDays(1)))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("the look-up of seed.example was interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
