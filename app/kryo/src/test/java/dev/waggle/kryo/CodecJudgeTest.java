package dev.waggle.kryo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.ports.testkit.wire.WireBytes;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the fuzzer relies on: each way to break the contract is a finding. */
class CodecJudgeTest {
  private static final WireCodec SOUND = new BincodeCodec();
  private static final WireMessage MESSAGE = new WireMessage.Ping(42);

  @Test
  void soundCodec_isAcquitted() {
    assertThatCode(() -> CodecJudge.judge(SOUND, encoded())).doesNotThrowAnyException();
    assertThatCode(() -> CodecJudge.judge(SOUND, new byte[3])).doesNotThrowAnyException();
  }

  @Test
  void exceptionOfAnotherType_isAFinding() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(
            () ->
                CodecJudge.judge(
                    new Altered() {
                      @Override
                      public WireMessage decode(WireSlice in) {
                        throw new IndexOutOfBoundsException();
                      }
                    },
                    encoded()));
  }

  @Test
  void trailingByteThatIsAccepted_isAFinding() {
    byte[] longer = Arrays.copyOf(encoded(), encoded().length + 1);
    assertFinding(
        new Altered() {
          @Override
          public WireMessage decode(WireSlice in) {
            return MESSAGE;
          }
        },
        longer);
  }

  @Test
  void memoryOutOfProportion_isAFinding() {
    assertFinding(
        new Altered() {
          @Override
          public WireMessage decode(WireSlice in) throws MalformedMessage {
            throw new MalformedMessage("not one of " + new byte[2 << 20].length + " bytes");
          }
        },
        encoded());
  }

  @Test
  void wrongLength_isAFinding() {
    assertFinding(
        new Altered() {
          @Override
          public int encodedLength(WireMessage message) {
            return SOUND.encodedLength(message) + 1;
          }
        },
        encoded());
  }

  private static void assertFinding(WireCodec codec, byte[] bytes) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> CodecJudge.judge(codec, bytes));
  }

  private static byte[] encoded() {
    WireBytes out = new WireBytes();
    SOUND.encode(MESSAGE, out);
    return out.toArray();
  }

  /** A sound codec, to spoil one method of. */
  private abstract static class Altered implements WireCodec {
    @Override
    public String name() {
      return SOUND.name();
    }

    @Override
    public int encodedLength(WireMessage message) {
      return SOUND.encodedLength(message);
    }

    @Override
    public void encode(WireMessage message, WireBuffer out) {
      SOUND.encode(message, out);
    }

    @Override
    public WireMessage decode(WireSlice in) throws MalformedMessage {
      return SOUND.decode(in);
    }
  }
}
