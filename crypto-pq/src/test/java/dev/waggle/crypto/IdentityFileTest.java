package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.SignatureScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentityFileTest {
  private static final List<SignatureScheme> SCHEMES = Suites.of(CryptoChoice.AUTO).signatures();
  private static final SignatureScheme ML_DSA_65 = SCHEMES.getFirst();
  private static final SignatureScheme ML_DSA_87 = SCHEMES.getLast();

  @TempDir Path folder;

  private final SeededRandom random = new SeededRandom(1);
  private Path path;
  private IdentityFile file;

  @BeforeEach
  void nameFile() {
    path = folder.resolve("node").resolve("identity.pem");
    file = new IdentityFile(path, SCHEMES);
  }

  @Test
  void createdIdentity_isLoadedAgain() throws IdentityProblem {
    for (SignatureScheme scheme : SCHEMES) {
      IdentityFile own = new IdentityFile(folder.resolve(scheme.algorithm()), SCHEMES);
      PeerIdentity created = own.create(scheme, random, PassphraseSource.NONE);
      PeerIdentity loaded = own.load(PassphraseSource.NONE);

      assertThat(loaded.peerId()).isEqualTo(created.peerId());
      assertThat(loaded.algorithm()).isEqualTo(scheme.algorithm());
      Bytes signature = scheme.sign(loaded.keyPair(), new byte[3], random);
      assertThat(scheme.verify(created.keyPair().publicKey(), new byte[3], signature)).isTrue();
    }
  }

  @Test
  void peerId_isTheHashOfThePublicKey() throws IdentityProblem {
    PeerIdentity identity = file.create(ML_DSA_65, random, PassphraseSource.NONE);

    byte[] key = identity.keyPair().publicKey().toArray();
    assertThat(identity.peerId().hash().toArray()).isEqualTo(new JdkHash("SHA-256").hash(key));
  }

  @Test
  void identityWrittenByOneProvider_isTheSameForTheOther() throws IdentityProblem {
    PeerIdentity created = file.create(ML_DSA_65, random, PassphraseSource.NONE);

    for (CryptoChoice choice : CryptoChoice.values()) {
      IdentityFile same = new IdentityFile(path, Suites.of(choice).signatures());
      assertThat(same.load(PassphraseSource.NONE).peerId()).isEqualTo(created.peerId());
    }
  }

  @Test
  void createdFile_isForItsOwnerAlone() throws IdentityProblem, IOException {
    file.create(ML_DSA_65, random, PassphraseSource.NONE);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void creation_leavesNothingElseBehind() throws IdentityProblem, IOException {
    file.create(ML_DSA_65, random, PassphraseSource.NONE);
    assertThatExceptionOfType(IdentityProblem.class)
        .isThrownBy(() -> file.create(ML_DSA_65, random, PassphraseSource.NONE));

    try (Stream<Path> files = Files.list(path.getParent())) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void existingFile_isNeverReplaced() throws IdentityProblem, IOException {
    file.create(ML_DSA_65, random, PassphraseSource.NONE);
    byte[] before = Files.readAllBytes(path);

    assertProblem(
        () -> file.create(ML_DSA_65, random, PassphraseSource.NONE),
        "exists already; move it away");
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
  }

  @Test
  void nameTakenMeanwhile_isNeverReplaced() throws IOException {
    writePrivately("somebody else's");

    assertThat(PrivateFile.create(path, new byte[10])).isFalse();
    assertThat(path).hasContent("somebody else's");
  }

  @Test
  void loadOrCreate_createsOnceThenLoads() throws IdentityProblem {
    PeerIdentity created = file.loadOrCreate(ML_DSA_87, random, PassphraseSource.NONE);
    PeerIdentity loaded = file.loadOrCreate(ML_DSA_65, random, PassphraseSource.NONE);

    assertThat(loaded.peerId()).isEqualTo(created.peerId());
    assertThat(loaded.algorithm()).isEqualTo("ML-DSA-87");
  }

  @Test
  void manyThatLoadOrCreateAtOnce_getOneIdentity() {
    Set<Bytes> ids = ConcurrentHashMap.newKeySet();

    IntStream.range(0, 8).parallel().forEach(i -> ids.add(loadOrCreate(new SeededRandom(i))));

    assertThat(ids).hasSize(1);
  }

  private Bytes loadOrCreate(SeededRandom own) {
    try {
      return file.loadOrCreate(ML_DSA_65, own, PassphraseSource.NONE).peerId().hash();
    } catch (IdentityProblem e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void missingFile_isAProblemOfLoadingOnly() {
    assertProblem(() -> file.load(PassphraseSource.NONE), "does not exist; make an identity first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw-rw-rw-"})
  void fileThatOthersMayAccess_isRefusedAndKept(String permissions)
      throws IdentityProblem, IOException {
    file.create(ML_DSA_65, random, PassphraseSource.NONE);
    byte[] before = Files.readAllBytes(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));

    assertUnusable("is open to others (" + permissions + ")");
    assertProblem(() -> file.load(PassphraseSource.NONE), "chmod 600 " + path);
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
  }

  @Test
  void readOnlyFile_isLoaded() throws IdentityProblem, IOException {
    PeerIdentity created = file.create(ML_DSA_65, random, PassphraseSource.NONE);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));

    assertThat(file.load(PassphraseSource.NONE).peerId()).isEqualTo(created.peerId());
  }

  @Test
  void linkToAFile_isFollowed() throws IdentityProblem, IOException {
    PeerIdentity created = file.create(ML_DSA_65, random, PassphraseSource.NONE);
    Path link = Files.createSymbolicLink(folder.resolve("link"), path);

    assertThat(new IdentityFile(link, SCHEMES).load(PassphraseSource.NONE).peerId())
        .isEqualTo(created.peerId());
  }

  @Test
  void linkToNowhere_isNotTakenForAMissingFile() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));
    IdentityFile linked = new IdentityFile(link, SCHEMES);

    assertProblem(
        () -> linked.loadOrCreate(ML_DSA_65, random, PassphraseSource.NONE),
        "is a link to a file that is not there; bring that back");
    assertThat(folder.resolve("gone")).doesNotExist();
  }

  @Test
  void emptyFile_isRefusedAndKept() throws IOException {
    writePrivately("");

    assertUnusable("is empty");
    assertThat(path).isEmptyFile();
  }

  @Test
  void damagedFile_isRefusedAndKept() throws IOException {
    writePrivately("-----BEGIN PRIVATE KEY-----\nMDQC");

    assertUnusable("is damaged");
    assertThat(path).hasContent("-----BEGIN PRIVATE KEY-----\nMDQC");
  }

  @Test
  void hugeFile_isRefused() throws IOException {
    writePrivately("x".repeat(IdentityFile.MAX_BYTES + 1));

    assertUnusable("has more than 32768 bytes");
  }

  @Test
  void folder_isRefused() throws IOException {
    Files.createDirectories(path);

    assertUnusable("is a folder");
  }

  @Test
  void parentThatIsAFile_isRefused() throws IOException {
    writePrivately("text");
    IdentityFile below = new IdentityFile(path.resolve("identity.pem"), SCHEMES);

    assertProblem(
        () -> below.loadOrCreate(ML_DSA_65, random, PassphraseSource.NONE),
        "cannot be written: " + path + " is in the way; mend that, or name another file");
  }

  /** What a system says of files, as far as a test that may run as root can bring it about. */
  @Test
  void troubleWithFiles_isToldWithoutNamesOfClasses() {
    assertThat(InWords.of(new AccessDeniedException("/a"))).isEqualTo("permission denied");
    assertThat(InWords.of(new NoSuchFileException("/a"))).isEqualTo("there is no such file");
    assertThat(InWords.of(new FileSystemException("/a", null, "Read-only file system")))
        .isEqualTo("Read-only file system");
    assertThat(InWords.of(new IOException("Input/output error"))).isEqualTo("Input/output error");
  }

  @Test
  void keyThatNoSuiteSignsWith_isRefused() throws IdentityProblem {
    file.create(ML_DSA_87, random, PassphraseSource.NONE);
    IdentityFile narrow = new IdentityFile(path, List.of(ML_DSA_65));

    assertProblem(
        () -> narrow.load(PassphraseSource.NONE),
        "holds an ML-DSA-87 key, which no suite of this node signs with");
  }

  @Test
  void encryptedFile_needsItsPassphrase() throws IdentityProblem, IOException {
    PeerIdentity created = file.create(ML_DSA_65, random, (f, purpose) -> "secret".toCharArray());
    byte[] before = Files.readAllBytes(path);

    assertThat(file.load((f, purpose) -> "secret".toCharArray()).peerId())
        .isEqualTo(created.peerId());
    assertUnusable("is encrypted, and there is no passphrase");
    assertProblem(
        () -> file.loadOrCreate(ML_DSA_65, random, (f, purpose) -> "Secret".toCharArray()),
        "does not open: the passphrase is wrong");
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
  }

  @Test
  void passphrase_isAskedForWithItsPurposeAndWiped() throws IdentityProblem {
    char[] given = "secret".toCharArray();

    file.create(
        ML_DSA_65,
        random,
        (asked, purpose) -> {
          assertThat(asked).isEqualTo(path);
          assertThat(purpose).isEqualTo(PassphraseSource.Purpose.PROTECT);
          return given;
        });

    assertThat(given).containsOnly('\0');
  }

  @Test
  void clearFile_asksForNoPassphrase() throws IdentityProblem {
    PeerIdentity created = file.create(ML_DSA_65, random, PassphraseSource.NONE);

    PeerIdentity loaded =
        file.load(
            (asked, purpose) -> {
              throw new AssertionError("nothing is encrypted");
            });

    assertThat(loaded.peerId()).isEqualTo(created.peerId());
  }

  @Test
  void emptyPassphrase_isRefused() {
    assertProblem(
        () -> file.create(ML_DSA_65, random, (asked, purpose) -> new char[0]),
        "an empty passphrase protects nothing");
    assertThat(path).doesNotExist();
  }

  @Test
  void unreadablePassphrase_isAProblem() {
    assertProblem(
        () ->
            file.create(
                ML_DSA_65,
                random,
                (asked, purpose) -> {
                  throw new IOException("no terminal");
                }),
        "was not written: no terminal");
    assertThat(path).doesNotExist();
  }

  /** To make a new identity would be the wrong thing to do. */
  @Test
  void missingFileOfThePassphrase_isNotTakenForAMissingIdentity() throws IdentityProblem {
    file.create(ML_DSA_65, random, (f, purpose) -> "secret".toCharArray());
    PassphraseSource missing =
        (f, purpose) -> {
          throw new NoSuchFileException("/passphrase");
        };

    assertThatExceptionOfType(IdentityProblem.class)
        .isThrownBy(() -> file.loadOrCreate(ML_DSA_65, random, missing))
        .withMessage(
            "identity file %s is encrypted, and its passphrase is missing: there is no such file",
            path);
  }

  /** Loading, and loading or creating, say the same of a file that is there. */
  private void assertUnusable(String message) {
    assertProblem(() -> file.load(PassphraseSource.NONE), message);
    assertProblem(() -> file.loadOrCreate(ML_DSA_65, random, PassphraseSource.NONE), message);
  }

  private static void assertProblem(ThrowingCallable action, String message) {
    assertThatExceptionOfType(IdentityProblem.class)
        .isThrownBy(action)
        .withMessageStartingWith("identity file /")
        .withMessageContaining(message);
  }

  private void writePrivately(String content) throws IOException {
    Files.createDirectories(path.getParent());
    Files.createFile(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(path, content.getBytes(StandardCharsets.US_ASCII));
  }
}
