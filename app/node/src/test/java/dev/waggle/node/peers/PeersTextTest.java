package dev.waggle.node.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Ban;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.node.PeerMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeersTextTest {
  private static final String PEER = "42".repeat(32);

  @Test
  void text_isAsItsClassSays() throws Exception {
    IpAddress source = IpAddress.ofIpv4(0xC6336401);
    PeerMemory memory =
        new PeerMemory(
            Bytes.ofHex("00112233445566778899aabbccddeeff"),
            List.of(
                new KnownAddress(
                    new IpEndpoint(IpAddress.ofIpv4(0xCB007107), 9000),
                    source,
                    1,
                    PeerId.ofHex(PEER),
                    60,
                    61,
                    62,
                    0,
                    true),
                new KnownAddress(
                    new IpEndpoint(new IpAddress(0x2001_0DB8_0000_0000L, 1), 9001),
                    source,
                    255,
                    null,
                    7200,
                    KnownAddress.NEVER,
                    KnownAddress.NEVER,
                    3,
                    false)),
            List.of(PeerAddress.parse(PEER + "@203.0.113.7:9000")),
            List.of(
                PeerAddress.parse(PEER + "@[2001:db8::1]:9001"),
                PeerAddress.parse("203.0.113.7:9000")),
            List.of(
                ban("198.51.100.77/24", Ban.Kind.OPERATOR, 86_400, "scrapes \u00fcber us"),
                ban(PEER, Ban.Kind.MISBEHAVIOUR, 600, "4 x invalid message"),
                ban("2001:db8::/64", Ban.Kind.DISCOURAGED, 0, "left 1 reason none")));

    String hashed =
        """
        waggle-peers 1
        saved 1700000000
        key 00112233445566778899aabbccddeeff
        anchor PEER@203.0.113.7:9000
        guard PEER@[2001:db8::1]:9001
        guard 203.0.113.7:9000
        ban operator 198.51.100.0/24 left 86400 reason scrapes \u00fcber us
        ban misbehaviour PEER left 600 reason 4 x invalid message
        ban discouraged 2001:db8::/64 left 0 reason left 1 reason none
        tried 203.0.113.7:9000 from 198.51.100.1 services 1 seen 60 dialled 61 reached 62 failures 0 peer PEER
        new [2001:db8::1]:9001 from 198.51.100.1 services ff seen 7200 dialled - reached - failures 3 peer -
        """
            .replace("PEER", PEER);
    assertThat(new String(write(memory, 1_700_000_000), StandardCharsets.UTF_8))
        .isEqualTo(hashed + checksumLine(hashed));
  }

  private static Ban ban(String subject, Ban.Kind kind, long secondsLeft, String reason) {
    return new Ban(Ban.Subject.parse(subject), kind, secondsLeft, reason);
  }

  @Test
  void whateverIsWritten_isReadAgain() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      PeerMemory memory = Memories.random(random, random.nextInt(8), random.nextInt(3));
      long saved = random.nextLong(Long.MAX_VALUE);
      assertThat(PeersText.read(write(memory, saved)))
          .isEqualTo(new PeersText.Snapshot(saved, memory));
    }
    assertThat(PeersText.read(write(PeerMemory.NOTHING, 0)).memory()).isEqualTo(PeerMemory.NOTHING);
  }

  @Test
  void aFullBookOfTheLongestEntries_fitsTheBound() throws Exception {
    PeerMemory memory =
        new PeerMemory(
            Bytes.EMPTY,
            ofAddresses(PeersText.MAX_ADDRESSES).addresses(),
            List.of(),
            guards(PeerMemory.MAX_GUARDS).guards(),
            bans(PeerMemory.MAX_BANS).bans());
    byte[] written = write(memory, Long.MAX_VALUE);

    assertThat(written.length).isLessThan(PeersText.MAX_BYTES);
    assertThat(PeersText.read(written).memory()).isEqualTo(memory);
  }

  @Test
  void moreThanABookOrItsAnchorsCanBe_isNeitherWrittenNorRead() throws Exception {
    assertUnwritable(ofAddresses(PeersText.MAX_ADDRESSES + 1), "81921 addresses");
    assertUnwritable(Memories.random(new Random(1), 0, 3), "3 anchors");
    assertUnwritable(guards(PeerMemory.MAX_GUARDS + 1), "129 guards");
    assertUnwritable(bans(PeerMemory.MAX_BANS + 1), "16385 bans");
    assertUnwritable(new PeerMemory(Bytes.ofHex("00"), List.of(), List.of()), "a key of 1 bytes");
    String anchor = "anchor 203.0.113.7:9000\n";
    assertDamaged(withChecksum(start() + anchor.repeat(3)), "makes no sense in line 6");
    String guard = "guard 203.0.113.7:9000\n";
    assertDamaged(withChecksum(start() + guard.repeat(129)), "makes no sense in line 132");
    String ban = "ban operator 203.0.113.7 left 1 reason x\n";
    assertDamaged(withChecksum(start() + ban.repeat(16_385)), "makes no sense in line 16388");
    String entry = line("new 203.0.113.7:9000") + "\n";
    assertDamaged(
        withChecksum(start() + entry.repeat(PeersText.MAX_ADDRESSES + 1)),
        "makes no sense in line 81924");
    assertDamaged(new byte[PeersText.MAX_BYTES + 1], "has more than 50331648 bytes");
  }

  private static PeerMemory ofAddresses(int count) {
    return new PeerMemory(Bytes.EMPTY, Collections.nCopies(count, Memories.longest()), List.of());
  }

  private static PeerMemory guards(int count) {
    PeerAddress longest =
        new PeerAddress(
            new Endpoint("x".repeat(Endpoint.MAX_HOST_LENGTH), 65535), PeerId.ofHex(PEER));
    return new PeerMemory(
        Bytes.EMPTY, List.of(), List.of(), Collections.nCopies(count, longest), List.of());
  }

  private static PeerMemory bans(int count) {
    return new PeerMemory(
        Bytes.EMPTY,
        List.of(),
        List.of(),
        List.of(),
        Collections.nCopies(count, Memories.longestBan()));
  }

  @Test
  void anAnchorOrAGuardThatCouldNotBeReadAgain_isLeftOut() throws Exception {
    PeerAddress odd = new PeerAddress(new Endpoint("fe80::1%br-lan.7", 9000), null);
    PeerAddress zoned = new PeerAddress(new Endpoint("fe80::1%3", 9000), null);
    PeerMemory memory =
        new PeerMemory(Bytes.EMPTY, List.of(), List.of(odd, zoned), List.of(zoned, odd), List.of());

    PeerMemory read = PeersText.read(write(memory, 1)).memory();
    assertThat(read.anchors()).containsExactly(zoned);
    assertThat(read.guards()).containsExactly(zoned);
  }

  @Test
  void anAgeOrACountThatIsNone_isNotWritten() {
    assertUnwritable(known(-2, 0), "an age of -2 s");
    assertUnwritable(known(0, -1), "-1 failures");
  }

  private static PeerMemory known(long seenSecondsAgo, int failures) {
    IpEndpoint endpoint = new IpEndpoint(IpAddress.ofIpv4(1), 1);
    KnownAddress known =
        new KnownAddress(
            endpoint, endpoint.address(), 0, null, seenSecondsAgo, 0, 0, failures, false);
    return new PeerMemory(Bytes.EMPTY, List.of(known), List.of());
  }

  private static void assertUnwritable(PeerMemory memory, String what) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> write(memory, 0))
        .withMessage("a file of peers has no room for " + what);
  }

  @Test
  void aTextCutAnywhere_isDamaged() throws Exception {
    byte[] whole = write(Memories.SMALL, 1);
    for (int length = 0; length < whole.length; length++) {
      assertThatDamaged(Arrays.copyOf(whole, length), "cut to " + length);
    }
  }

  @Test
  void aTextWithAnyBitFlipped_isDamaged() throws Exception {
    byte[] whole = write(Memories.SMALL, 1);
    for (int i = 0; i < whole.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = whole.clone();
        flipped[i] ^= (byte) (1 << bit);
        assertThatDamaged(flipped, "bit " + bit + " of byte " + i);
      }
    }
  }

  @Test
  void aTextWithMoreBehindIt_isDamaged() throws Exception {
    byte[] whole = write(Memories.SMALL, 1);
    for (int more : new int[] {1, 72, whole.length}) {
      assertThatDamaged(Arrays.copyOf(whole, whole.length + more), more + " zeros more");
    }
  }

  private static void assertThatDamaged(byte[] file, String how) {
    assertThatExceptionOfType(DamagedPeers.class).as(how).isThrownBy(() -> PeersText.read(file));
  }

  @Test
  void damage_isNamed() throws Exception {
    assertDamaged(new byte[0], "is empty");
    assertDamaged(new byte[5000], "does not begin as a file of peers");
    assertDamaged(bytes("waggle-peers 1"), "does not end as it was written");
    assertDamaged(withChecksum("waggle-peers 2\n"), "is of version 2, which this node cannot read");
    assertDamaged(
        bytes(start() + "x".repeat(100)), "is not as it was written: its checksum is wrong");
  }

  /** With a checksum that is right: a bug of ours, or somebody who wants to fool us. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "old 203.0.113.7:9000 S",
        "new 203.0.113.7:0 S",
        "new 203.0.113.7:65536 S",
        "new name.example:9000 S",
        "new 203.0.113.7 S",
        "new  203.0.113.7:9000 S",
        "new 203.0.113.7:9000 S ",
        "new 203.0.113.7:9000 from name services 1 seen 1 dialled 1 reached 1 failures 0 peer -",
        "new 203.0.113.7:9000 from ::1 services -1 seen 1 dialled 1 reached 1 failures 0 peer -",
        "new 203.0.113.7:9000 from ::1 services 1 seen -1 dialled 1 reached 1 failures 0 peer -",
        "new 203.0.113.7:9000 from ::1 services 1 seen 9999999999999999999 dialled 1 reached 1"
            + " failures 0 peer -",
        "new 203.0.113.7:9000 from ::1 services 1 seen 1 dialled 1 reached 1 failures 2147483648"
            + " peer -",
        "new 203.0.113.7:9000 from ::1 services 1 seen 1 dialled 1 reached 1 failures 0 peer 42",
        "anchor nowhere",
        "anchor 42@203.0.113.7:9000",
        "guard nowhere",
        "guard 42@203.0.113.7:9000",
        "ban",
        "ban somebody 203.0.113.7 left 1 reason x",
        "ban operator name.example left 1 reason x",
        "ban operator 203.0.113.7:9000 left 1 reason x",
        "ban operator 203.0.113.7/33 left 1 reason x",
        "ban operator 42 left 1 reason x",
        "ban operator 203.0.113.7 left - reason x",
        "ban operator 203.0.113.7 left -1 reason x",
        "ban operator 203.0.113.7 left 315360001 reason x",
        "ban operator 203.0.113.7 left 9999999999999999999 reason x",
        "ban operator 203.0.113.7 left 1 reason ",
        "ban operator 203.0.113.7 left 1 reason x ",
        "ban operator 203.0.113.7 left 1 reason x\u0007",
        "ban operator 203.0.113.7 left 1",
        "sha256 00",
      })
  void aLineThatMakesNoSense_isDamage(String line) throws Exception {
    String written =
        line.replace("S", "from ::1 services 1 seen 1 dialled 1 reached 1 failures 0 peer -");
    assertDamaged(withChecksum(start() + written + "\n"), "makes no sense in line 4");
  }

  @Test
  void linesThatAreMissingOrAtTheWrongPlace_areDamage() throws Exception {
    assertDamaged(withChecksum("waggle-peers 1\n"), "makes no sense in line 2");
    assertDamaged(withChecksum("waggle-peers 1\nkey -\n"), "makes no sense in line 2");
    assertDamaged(withChecksum("waggle-peers 1\nsaved 1\n"), "makes no sense in line 3");
    assertDamaged(withChecksum("waggle-peers 1\nsaved 1\nkey 00\n"), "makes no sense in line 3");
    assertDamaged(withChecksum(start() + "new"), "makes no sense in line 4");
    assertDamaged(
        withChecksum(start() + line("new 203.0.113.7:9000") + "\nanchor 203.0.113.7:9000\n"),
        "makes no sense in line 5");
    assertThat(PeersText.read(withChecksum(start())).memory()).isEqualTo(PeerMemory.NOTHING);
  }

  /** One order only, so that there is one text for a memory. */
  @Test
  void linesInAnotherOrder_areDamage() throws Exception {
    String guard = "guard 203.0.113.7:9000\n";
    String ban = "ban operator 203.0.113.7 left 1 reason x\n";
    String entry = line("new 203.0.113.7:9000") + "\n";
    assertDamaged(
        withChecksum(start() + guard + "anchor 203.0.113.7:9000\n"), "makes no sense in line 5");
    assertDamaged(withChecksum(start() + ban + guard), "makes no sense in line 5");
    assertDamaged(withChecksum(start() + entry + ban), "makes no sense in line 5");
    assertThat(PeersText.read(withChecksum(start() + guard + ban + entry)).memory().bans())
        .hasSize(1);
  }

  private static String start() {
    return "waggle-peers 1\nsaved 1\nkey -\n";
  }

  private static String line(String beginning) {
    return beginning + " from ::1 services 1 seen 1 dialled 1 reached 1 failures 0 peer -";
  }

  private static void assertDamaged(byte[] file, String how) {
    assertThatExceptionOfType(DamagedPeers.class)
        .isThrownBy(() -> PeersText.read(file))
        .withMessage(how);
  }

  private static byte[] withChecksum(String text) throws Exception {
    return bytes(text + checksumLine(text));
  }

  private static String checksumLine(String text) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes(text));
    return "sha256 " + HexFormat.of().formatHex(hash) + "\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] write(PeerMemory memory, long saved) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PeersText.write(memory, saved, out);
    return out.toByteArray();
  }
}
