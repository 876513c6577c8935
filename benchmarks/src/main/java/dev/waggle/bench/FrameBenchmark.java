package dev.waggle.bench;

import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.frame.FrameReader;
import dev.waggle.domain.frame.RecordBuffers;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Frames a second out of chunks that do not fit them, as the network delivers them.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main FrameBenchmark</pre>
 *
 * <p>Reads are those of one packet, and of what a transport reads at once; they come in a direct
 * buffer, as both transports hand them over. One operation is one frame: put together in an array,
 * and given up.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FrameBenchmark {
  /** More than the second-level cache holds, less than the third: bytes that have just arrived. */
  private static final int STREAM_BYTES = 4 * 1024 * 1024;

  @Param({"256", "16384", "65536"})
  private int content = 256;

  @Param({"1460", "65536", "262144"})
  private int read = 1460;

  private FrameReader reader = new FrameReader(new RecordBuffers());
  private ByteBuffer stream = ByteBuffer.allocateDirect(0);

  @Setup
  public void makeStream() {
    reader = new FrameReader(new RecordBuffers());
    reader.expect(FrameBounds.RECORD);
    byte[] frame = new byte[FrameBounds.HEADER_BYTES + content];
    int frames = STREAM_BYTES / frame.length;
    stream = ByteBuffer.allocateDirect(frames * frame.length);
    Random random = new Random(1);
    for (int i = 0; i < frames; i++) {
      random.nextBytes(frame);
      FrameBounds.putHeader(frame, content);
      stream.put(frame);
    }
  }

  @Benchmark
  public byte[] frame() {
    while (true) {
      switch (reader.read(stream)) {
        case COMPLETE -> {
          byte[] frame = reader.frame();
          reader.release();
          return frame;
        }
        case INCOMPLETE -> nextRead();
        case OUT_OF_BOUNDS ->
            throw new IllegalStateException("a frame of " + reader.announcedLength() + " bytes");
      }
    }
  }

  /** The stream ends with a whole frame, so that it can begin again. */
  private void nextRead() {
    int from = stream.position() == stream.capacity() ? 0 : stream.position();
    stream.limit(Math.min(stream.capacity(), from + read)).position(from);
  }
}
