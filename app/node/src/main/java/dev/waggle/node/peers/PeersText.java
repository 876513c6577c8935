package dev.waggle.node.peers;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Ban;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.node.PeerMemory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PeerMemory} as text, which an operator can read and search, but not edit: its last line
 * is a SHA-256 of all before it.
 *
 * <pre>
 *   waggle-peers 1
 *   saved 1700000000                          seconds since 1970
 *   key 00112233445566778899aabbccddeeff      or -, before the first start
 *   anchor 42ab...@203.0.113.7:9000           the PeerId may be missing; at most two such lines
 *   guard 42ab...@203.0.113.7:9000            the same, at most 128, the most senior first
 *   ban operator 198.51.100.0/24 left 86400 reason free text to the end of the line
 *   ban misbehaviour 42ab... left 600 reason 4 x invalid message
 *   tried 203.0.113.7:9000 from 198.51.100.1 services 1 seen 60 dialled 60 reached 60 failures 0 peer 42ab...
 *   new [2001:db8::1]:9000 from 198.51.100.1 services 1 seen 7200 dialled - reached - failures 0 peer -
 *   sha256 9f86...
 * </pre>
 *
 * <p>Ages are seconds before {@code saved}, and what is left of a ban seconds after it; services
 * are hexadecimal. There is one text for a memory and a time, in UTF-8, and each line ends with a
 * line feed.
 */
final class PeersText {
  /** Both tables of an address book, full: 1024 buckets of 64 and 256 buckets of 64. */
  static final int MAX_ADDRESSES = 81_920;

  static final int MAX_ANCHORS = 2;

  /** More than the longest lines that there can be, as many as there can be. */
  static final int MAX_BYTES = 48 * 1024 * 1024;

  private static final String HEADER = "waggle-peers 1";
  private static final Pattern ANY_HEADER = Pattern.compile("waggle-peers (\\d{1,9})");
  private static final String CHECKSUM = "sha256 ";
  private static final int MAX_HEADER_BYTES = "waggle-peers 999999999\n".length();
  private static final int CHECKSUM_LINE_BYTES = CHECKSUM.length() + 64 + 1;
  private static final String NONE = "-";

  private static final String NUMBER = "\\d{1,19}";
  private static final Pattern SAVED = Pattern.compile("saved (" + NUMBER + ")");
  private static final Pattern KEY = Pattern.compile("key (-|[0-9a-f]{32})");
  private static final Pattern BAN =
      Pattern.compile(
          "ban (?<kind>[a-z]+) (?<subject>\\S+) left (?<left>N) reason (?<reason>.+)"
              .replace("N", NUMBER));
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<table>new|tried) (?<endpoint>\\S+) from (?<source>\\S+)"
              + " services (?<services>[0-9a-f]{1,16})"
              + " seen (?<seen>-|N) dialled (?<dialled>-|N) reached (?<reached>-|N)"
                  .replace("N", NUMBER)
              + " failures (?<failures>\\d{1,10}) peer (?<peer>-|[0-9a-f]{64})");

  /**
   * What a file says.
   *
   * @param savedSeconds when it was written, since 1970; at least 0
   */
  record Snapshot(long savedSeconds, PeerMemory memory) {}

  /**
   * Writes the text of {@code memory}, without ever holding all of it, and flushes. An anchor or a
   * guard whose address has no text that can be read again (in IPv6, its zone may have any name) is
   * left out.
   *
   * @param savedSeconds since 1970, at least 0
   * @throws IllegalArgumentException if {@link #read} would not take it, the caller's mistake
   */
  static void write(PeerMemory memory, long savedSeconds, OutputStream target) throws IOException {
    requireWritable(memory);
    MessageDigest sha256 = sha256();
    OutputStream buffered = new BufferedOutputStream(target);
    OutputStream hashed = new DigestOutputStream(buffered, sha256);
    line(hashed, HEADER);
    line(hashed, "saved " + savedSeconds);
    line(hashed, "key " + (memory.key().length() == 0 ? NONE : memory.key().hex()));
    lines(hashed, "anchor ", memory.anchors());
    lines(hashed, "guard ", memory.guards());
    for (Ban ban : memory.bans()) {
      line(hashed, text(ban));
    }
    for (KnownAddress address : memory.addresses()) {
      line(hashed, text(address));
    }
    line(buffered, CHECKSUM + HexFormat.of().formatHex(sha256.digest()));
    buffered.flush();
  }

  private static void requireWritable(PeerMemory memory) {
    int keyBytes = memory.key().length();
    require(keyBytes == 0 || keyBytes == PeerMemory.KEY_BYTES, "a key of " + keyBytes + " bytes");
    require(memory.anchors().size() <= MAX_ANCHORS, memory.anchors().size() + " anchors");
    require(memory.guards().size() <= PeerMemory.MAX_GUARDS, memory.guards().size() + " guards");
    require(memory.bans().size() <= PeerMemory.MAX_BANS, memory.bans().size() + " bans");
    require(memory.addresses().size() <= MAX_ADDRESSES, memory.addresses().size() + " addresses");
  }

  private static void require(boolean writable, String what) {
    if (!writable) {
      throw new IllegalArgumentException("a file of peers has no room for " + what);
    }
  }

  private static void lines(OutputStream out, String word, List<PeerAddress> peers)
      throws IOException {
    for (PeerAddress peer : peers) {
      if (peer.equals(parsed(peer.toString()))) {
        line(out, word + peer);
      }
    }
  }

  private static @Nullable PeerAddress parsed(String peer) {
    try {
      return PeerAddress.parse(peer);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write((text + '\n').getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Ban ban) {
    return "ban "
        + ban.kind().word()
        + " "
        + ban.subject()
        + " left "
        + ban.secondsLeft()
        + " reason "
        + ban.reason();
  }

  private static String text(KnownAddress address) {
    require(address.failures() >= 0, address.failures() + " failures");
    PeerId proven = address.proven();
    return (address.tried() ? "tried " : "new ")
        + address.endpoint()
        + " from "
        + address.source()
        + " services "
        + Long.toHexString(address.services())
        + " seen "
        + age(address.seenSecondsAgo())
        + " dialled "
        + age(address.triedSecondsAgo())
        + " reached "
        + age(address.succeededSecondsAgo())
        + " failures "
        + address.failures()
        + " peer "
        + (proven == null ? NONE : proven.hex());
  }

  private static String age(long seconds) {
    require(seconds >= 0 || seconds == KnownAddress.NEVER, "an age of " + seconds + " s");
    return seconds == KnownAddress.NEVER ? NONE : Long.toString(seconds);
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws DamagedPeers if {@code file} is anything else
   */
  static Snapshot read(byte[] file) throws DamagedPeers {
    if (file.length > MAX_BYTES) {
      throw new DamagedPeers("has more than " + MAX_BYTES + " bytes");
    }
    requireThisVersion(file);
    int hashed = requireChecksum(file);
    return new Reader(new String(file, 0, hashed, StandardCharsets.UTF_8)).snapshot();
  }

  private static void requireThisVersion(byte[] file) throws DamagedPeers {
    String start =
        new String(file, 0, Math.min(file.length, MAX_HEADER_BYTES), StandardCharsets.US_ASCII);
    int end = start.indexOf('\n');
    String first = end < 0 ? start : start.substring(0, end);
    Matcher header = ANY_HEADER.matcher(first);
    if (!header.matches()) {
      throw new DamagedPeers(file.length == 0 ? "is empty" : "does not begin as a file of peers");
    }
    if (!first.equals(HEADER)) {
      throw new DamagedPeers("is of version " + header.group(1) + ", which this node cannot read");
    }
  }

  /** How many bytes come before the checksum, which is right. */
  private static int requireChecksum(byte[] file) throws DamagedPeers {
    int hashed = file.length - CHECKSUM_LINE_BYTES;
    if (hashed < 0) {
      throw new DamagedPeers("does not end as it was written");
    }
    MessageDigest sha256 = sha256();
    sha256.update(file, 0, hashed);
    String expected = CHECKSUM + HexFormat.of().formatHex(sha256.digest()) + '\n';
    byte[] line = expected.getBytes(StandardCharsets.US_ASCII);
    if (!Arrays.equals(file, hashed, file.length, line, 0, line.length)) {
      throw new DamagedPeers("is not as it was written: its checksum is wrong");
    }
    return hashed;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Goes through the lines of a text whose checksum is right; trusts none of them all the same. */
  private static final class Reader {
    private final String text;
    private int next;
    private int line;

    Reader(String text) {
      this.text = text;
    }

    Snapshot snapshot() throws DamagedPeers {
      nextLine(); // the header
      long saved = number(fields(SAVED, nextLine()).group(1));
      String key = fields(KEY, nextLine()).group(1);
      List<PeerAddress> anchors = peers("anchor ", MAX_ANCHORS);
      List<PeerAddress> guards = peers("guard ", PeerMemory.MAX_GUARDS);
      List<Ban> bans = new ArrayList<>();
      while (text.startsWith("ban ", next)) {
        bans.add(ban(nextLine()));
        requireAtMost(PeerMemory.MAX_BANS, bans);
      }
      List<KnownAddress> addresses = new ArrayList<>();
      while (next < text.length()) {
        addresses.add(address(nextLine()));
        requireAtMost(MAX_ADDRESSES, addresses);
      }
      return new Snapshot(
          saved,
          new PeerMemory(
              key.equals(NONE) ? Bytes.EMPTY : Bytes.ofHex(key),
              List.copyOf(addresses),
              anchors,
              guards,
              List.copyOf(bans)));
    }

    private List<PeerAddress> peers(String word, int max) throws DamagedPeers {
      List<PeerAddress> peers = new ArrayList<>();
      while (text.startsWith(word, next)) {
        PeerAddress peer = parsed(nextLine().substring(word.length()));
        if (peer == null) {
          throw senseless();
        }
        peers.add(peer);
        requireAtMost(max, peers);
      }
      return List.copyOf(peers);
    }

    private void requireAtMost(int max, List<?> lines) throws DamagedPeers {
      if (lines.size() > max) {
        throw senseless();
      }
    }

    /** Each line ends with a line feed, unless somebody wants to fool us. */
    private String nextLine() throws DamagedPeers {
      line++;
      int end = text.indexOf('\n', next);
      if (end < 0) {
        throw senseless();
      }
      String found = text.substring(next, end);
      next = end + 1;
      return found;
    }

    private Matcher fields(Pattern pattern, String current) throws DamagedPeers {
      Matcher matcher = pattern.matcher(current);
      if (!matcher.matches()) {
        throw senseless();
      }
      return matcher;
    }

    private Ban ban(String current) throws DamagedPeers {
      Matcher fields = fields(BAN, current);
      try {
        return new Ban(
            Ban.Subject.parse(fields.group("subject")),
            kind(fields.group("kind")),
            number(fields.group("left")),
            fields.group("reason"));
      } catch (IllegalArgumentException e) {
        throw senseless();
      }
    }

    private Ban.Kind kind(String word) throws DamagedPeers {
      for (Ban.Kind kind : Ban.Kind.values()) {
        if (kind.word().equals(word)) {
          return kind;
        }
      }
      throw senseless();
    }

    private KnownAddress address(String current) throws DamagedPeers {
      Matcher fields = fields(ADDRESS, current);
      IpEndpoint endpoint = endpoint(fields.group("endpoint"));
      IpAddress source = IpAddress.ofLiteral(fields.group("source"));
      long failures = number(fields.group("failures"));
      if (endpoint == null || source == null || failures > Integer.MAX_VALUE) {
        throw senseless();
      }
      String peer = fields.group("peer");
      return new KnownAddress(
          endpoint,
          source,
          Long.parseUnsignedLong(fields.group("services"), 16),
          peer.equals(NONE) ? null : PeerId.ofHex(peer),
          age(fields.group("seen")),
          age(fields.group("dialled")),
          age(fields.group("reached")),
          (int) failures,
          fields.group("table").equals("tried"));
    }

    private static @Nullable IpEndpoint endpoint(String written) {
      try {
        return IpEndpoint.of(Endpoint.parse(written));
      } catch (IllegalArgumentException e) {
        return null;
      }
    }

    private long age(String written) throws DamagedPeers {
      return written.equals(NONE) ? KnownAddress.NEVER : number(written);
    }

    private long number(String digits) throws DamagedPeers {
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException tooLarge) {
        throw senseless();
      }
    }

    private DamagedPeers senseless() {
      return new DamagedPeers("makes no sense in line " + line);
    }
  }

  private PeersText() {}
}
