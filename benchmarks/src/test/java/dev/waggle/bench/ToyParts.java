package dev.waggle.bench;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import jakarta.inject.Provider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * What a user adds by a jar on the class path: a part of each kind, all by the name {@code toy}.
 */
public final class ToyParts extends AbstractModule {
  public static final String NAME = "toy";

  /** The kinds of which this process has asked for one. */
  static final Set<String> MADE = new ConcurrentSkipListSet<>();

  private static final int EXPERIMENT = 0xFF42;

  @ProvidesIntoMap
  @StringMapKey(NAME)
  Transport transport(Map<String, Provider<Transport>> all) {
    MADE.add("transport");
    return all.get("nio").get();
  }

  @ProvidesIntoMap
  @StringMapKey("broken")
  Transport broken() {
    throw new IllegalStateException("no such device");
  }

  @ProvidesIntoMap
  @StringMapKey(NAME)
  WireCodec codec() {
    MADE.add("codec");
    return new ToyCodec(new BincodeCodec());
  }

  @ProvidesIntoMap
  @StringMapKey(NAME)
  CipherSuite suite(Map<String, Provider<CipherSuite>> all) {
    MADE.add("suite");
    CipherSuite like = all.get("mlkem768-mldsa65").get();
    return new CipherSuite(
        EXPERIMENT, NAME, like.kem(), like.signature(), like.aead(), like.hash(), like.kdf());
  }

  private record ToyCodec(WireCodec inner) implements WireCodec {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public int encodedLength(WireMessage message) {
      return inner.encodedLength(message);
    }

    @Override
    public void encode(WireMessage message, WireBuffer out) {
      inner.encode(message, out);
    }

    @Override
    public WireMessage decode(WireSlice in) throws MalformedMessage {
      return inner.decode(in);
    }
  }
}
