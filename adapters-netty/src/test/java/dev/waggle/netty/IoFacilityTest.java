package dev.waggle.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.transport.TransportUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Which facility is taken, and what the operator reads about it. */
class IoFacilityTest {
  private static @Nullable Throwable everythingIsHere(NettyIo kind) {
    return null;
  }

  private static @Nullable Throwable nothingNativeIsHere(NettyIo kind) {
    IOException root = new IOException("no library for toaster\nand a second line");
    return kind == NettyIo.NIO ? null : new UnsatisfiedLinkError("failed to load").initCause(root);
  }

  @Test
  void autoTakesEpoll() {
    IoFacility facility = IoFacility.choose(NettyIo.AUTO, IoFacilityTest::everythingIsHere);

    assertThat(facility.kind()).isEqualTo(NettyIo.EPOLL);
  }

  @Test
  void autoWithoutNativeLibraries_fallsBackToNioAndSaysWhy() {
    IoFacility facility = IoFacility.choose(NettyIo.AUTO, IoFacilityTest::nothingNativeIsHere);

    assertThat(facility.kind()).isEqualTo(NettyIo.NIO);
    assertThat(facility.why()).isEqualTo("auto: epoll is not available: no library for toaster");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
  void facilityAskedForByName_isTaken(NettyIo wanted) {
    assertThat(IoFacility.choose(wanted, IoFacilityTest::everythingIsHere).kind())
        .isEqualTo(wanted);
  }

  @ParameterizedTest
  @EnumSource(names = {"IO_URING", "EPOLL"})
  void facilityAskedForByNameButAbsent_isRefusedInOneLine(NettyIo wanted) {
    assertThatThrownBy(() -> IoFacility.choose(wanted, IoFacilityTest::nothingNativeIsHere))
        .isInstanceOf(TransportUnavailable.class)
        .hasMessage(
            "netty_io = '" + wanted + "': not available on this machine: no library for toaster");
  }

  @ParameterizedTest
  @EnumSource
  void nameOfFacility_isParsed(NettyIo io) {
    assertThat(NettyIo.parse(io.toString())).isEqualTo(io);
  }

  @Test
  void unknownName_isRefusedWithTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NettyIo.parse("kqueue"))
        .withMessage("expected one of auto, io_uring, epoll, nio, not 'kqueue'");
  }

  /** The real thing: a JVM whose Netty may not load its native libraries. */
  @Test
  void jvmWithoutNativeLibraries_runsOverNio() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dio.netty.transport.noNative=true",
                "-cp",
                System.getProperty("java.class.path"),
                Describe.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("netty over nio, threads: 1 (auto: epoll is not available: ");
  }

  /** What {@code jvmWithoutNativeLibraries_runsOverNio} runs. */
  static final class Describe {
    public static void main(String[] args) {
      try (NettyTransport transport = new NettyTransport(NettyIo.AUTO, 1)) {
        System.out.println(transport.describe());
      }
    }
  }
}
