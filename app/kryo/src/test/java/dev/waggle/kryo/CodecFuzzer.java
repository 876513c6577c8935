package dev.waggle.kryo;

import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.ports.testkit.wire.WireBytes;
import dev.waggle.ports.testkit.wire.WireSamples;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A target for Jazzer: bytes that it makes up, guided by the code that they reach, must satisfy
 * {@link CodecJudge}.
 *
 * <p>{@code ./mvnw -Pfuzz verify} runs it for each codec, two million inputs each. What it finds
 * stays in {@code target/fuzz}.
 */
public final class CodecFuzzer {
  private static WireCodec codec;

  private CodecFuzzer() {}

  /**
   * Called by Jazzer before it begins.
   *
   * @param args the name of the codec, and the folder of inputs to begin with, which receives an
   *     encoding of each sample
   */
  public static void fuzzerInitialize(String[] args) throws IOException {
    codec = codec(args[0]);
    Path seeds = Files.createDirectories(Path.of(args[1]));
    List<WireMessage> samples = WireSamples.small();
    for (int i = 0; i < samples.size(); i++) {
      WireBytes encoded = new WireBytes();
      codec.encode(samples.get(i), encoded);
      Files.write(seeds.resolve("sample-" + i), encoded.toArray());
    }
  }

  private static WireCodec codec(String name) {
    return switch (name) {
      case BincodeCodec.NAME -> new BincodeCodec();
      case KryoCodec.NAME -> new KryoCodec();
      default -> throw new IllegalArgumentException("no codec is called " + name);
    };
  }

  /** Called by Jazzer, once for each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    CodecJudge.judge(codec, input);
  }
}
