package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IdentityCommandTest {
  @TempDir Path dir;

  @Test
  void newIdentity_isTheOneThatIsShown() {
    Outcome made = Outcome.of("identity", "new", "--data-dir", dir.toString());
    Outcome shown = Outcome.of("identity", "show", "--data-dir", dir.toString());
    assertThat(made.exitCode()).isZero();
    assertThat(made.out()).isEqualTo(shown.out());
    assertThat(shown.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("PeerId     [0-9a-f]{64}"),
            line -> assertThat(line).isEqualTo("algorithm  ML-DSA-65"),
            line -> assertThat(line).isEqualTo("file       " + dir.resolve("identity.pem")));
  }

  @ParameterizedTest
  @CsvSource({
    "mlkem768-mldsa65,ML-DSA-65",
    "mlkem1024-mldsa87,ML-DSA-87",
    "0x0002,ML-DSA-87",
    "x25519mlkem768-mldsa65,ML-DSA-65"
  })
  void suite_decidesTheAlgorithm(String suite, String algorithm) {
    Path file = dir.resolve("a.pem");
    Outcome made =
        Outcome.of("identity", "new", "--identity", file.toString(), "--suite", suite, "--json");
    JsonNode json = new JsonMapper().readTree(made.out());
    assertThat(json.get("algorithm").asString()).isEqualTo(algorithm);
    assertThat(json.get("file").asString()).isEqualTo(file.toString());
    assertThat(json.get("peerId").asString()).matches("[0-9a-f]{64}");
    assertThat(made.out().lines()).hasSize(1);
  }

  @Test
  void unknownSuite_isAMistake() {
    Outcome outcome =
        Outcome.of("identity", "new", "--data-dir", dir.toString(), "--suite", "rsa-des");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "waggle: suite = 'rsa-des' (--suite): expected one of mlkem768-mldsa65,"
                + " mlkem1024-mldsa87, x25519mlkem768-mldsa65"
                + System.lineSeparator());
  }

  @Test
  void identityThatIsThere_isNotReplaced() throws IOException {
    Outcome.of("identity", "new", "--data-dir", dir.toString());
    String before = Files.readString(dir.resolve("identity.pem"));
    Outcome again = Outcome.of("identity", "new", "--data-dir", dir.toString());
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err().lines())
        .singleElement()
        .asString()
        .startsWith("waggle: identity file " + dir.resolve("identity.pem"));
    assertThat(Files.readString(dir.resolve("identity.pem"))).isEqualTo(before);
  }

  @Test
  void identityThatIsMissing_isOneLineAndExitCode1() {
    Outcome outcome = Outcome.of("identity", "show", "--data-dir", dir.toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith("waggle: identity file " + dir.resolve("identity.pem"));
  }

  @Test
  void passphraseFile_encryptsAndOpens_byItsFirstLineOnly() throws IOException {
    Path right = Files.writeString(dir.resolve("right"), "correct horse\nbattery\n");
    Path same = Files.writeString(dir.resolve("same"), "correct horse\r\nstaple");
    Path wrong = Files.writeString(dir.resolve("wrong"), "incorrect horse\n");
    Outcome made = withPassphrase("new", right);
    assertThat(made.exitCode()).isZero();
    assertThat(Files.readString(dir.resolve("identity.pem"))).contains("ENCRYPTED");
    assertThat(withPassphrase("show", same).out()).isEqualTo(made.out());
    assertThat(withPassphrase("show", wrong).exitCode()).isEqualTo(1);
  }

  @Test
  void passphraseFileThatIsEmpty_isRefused() throws IOException {
    Path empty = Files.writeString(dir.resolve("empty"), "\nx");
    assertFailed(
        withPassphrase("new", empty),
        ("identity file %s was not written: passphrase file %s has an empty first line; write the"
                + " passphrase into it")
            .formatted(dir.resolve("identity.pem"), empty));
    assertThat(dir.resolve("identity.pem")).doesNotExist();
  }

  /** To make an identity first, as the other missing file asks for, would lose this one. */
  @Test
  void passphraseFileThatIsMissing_isNotTakenForTheIdentity() throws IOException {
    withPassphrase("new", Files.writeString(dir.resolve("right"), "correct horse"));
    Path missing = dir.resolve("missing");
    assertFailed(
        withPassphrase("show", missing),
        ("identity file %s is encrypted, and its passphrase is missing: passphrase file %s cannot be"
                + " read: there is no such file; name another by --passphrase-file")
            .formatted(dir.resolve("identity.pem"), missing));
  }

  /** Tests have no terminal. */
  @Test
  void encryptedIdentity_whereThereIsNobodyToAsk_namesTheOption() throws IOException {
    withPassphrase("new", Files.writeString(dir.resolve("right"), "correct horse"));
    assertFailed(
        Outcome.of("identity", "show", "--data-dir", dir.toString()),
        ("identity file %s is encrypted, and its passphrase is missing: there is no terminal to ask"
                + " for it; name its file by --passphrase-file")
            .formatted(dir.resolve("identity.pem")));
  }

  @Test
  void dataDirThatIsAFile_isAMistake() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    for (String command : List.of("new", "show")) {
      Outcome outcome = Outcome.of("identity", command, "--data-dir", file.toString());
      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.err())
          .isEqualTo(
              "waggle: data_dir = '%s' (--data-dir): expected a folder, and this is a file%n"
                  .formatted(file));
    }
  }

  private static void assertFailed(Outcome outcome, String line) {
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).isEqualTo("waggle: " + line + System.lineSeparator());
  }

  private Outcome withPassphrase(String command, Path file) {
    return Outcome.of(
        "identity", command, "--data-dir", dir.toString(), "--passphrase-file", file.toString());
  }
}
