package dev.waggle.cli.swap;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import jakarta.inject.Provider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one node says and hears on the wire, seen where messages become bytes: the module binds a
 * codec of the product a second time, as {@link #CODEC}, with a watcher in front of it. Over the
 * wire it keeps its name.
 *
 * <p>Written by the I/O thread of the node's one link, read by any.
 */
final class Watch extends AbstractModule {
  /** The name by which the configuration selects the watched codec. */
  static final String CODEC = "watched";

  private final String codec;
  private final Map<Class<?>, Integer> received = new LinkedHashMap<>();
  private WireMessage.@Nullable Pong expected;
  private CompletableFuture<Void> answered = new CompletableFuture<>();
  private int answersWanted;

  Watch(String codec) {
    this.codec = codec;
  }

  @ProvidesIntoMap
  @StringMapKey(CODEC)
  WireCodec watched(Provider<Map<String, WireCodec>> codecs) {
    return new WatchedCodec(codecs);
  }

  /** How many messages of each type have arrived. */
  synchronized Map<Class<?>, Integer> received() {
    return Map.copyOf(received);
  }

  /** Completes when the peer has answered so many more Pings of this node. */
  synchronized CompletableFuture<Void> answeredPings(int more) {
    answersWanted = more;
    answered = new CompletableFuture<>();
    return answered;
  }

  private synchronized void sent(WireMessage message) {
    if (message instanceof WireMessage.Ping(long nonce)) {
      expected = new WireMessage.Pong(nonce);
    }
  }

  private synchronized void received(WireMessage message) {
    received.merge(message.getClass(), 1, Integer::sum);
    if (message.equals(expected) && --answersWanted == 0) {
      answered.complete(null);
    }
  }

  private final class WatchedCodec implements WireCodec {
    private final Provider<Map<String, WireCodec>> codecs;
    private volatile @Nullable WireCodec inner;

    WatchedCodec(Provider<Map<String, WireCodec>> codecs) {
      this.codecs = codecs;
    }

    /** Looked up late, since the map that it is found in contains this codec too. */
    private WireCodec inner() {
      WireCodec known = inner;
      if (known == null) {
        known = codecs.get().get(codec);
        if (known == null) {
          throw new IllegalStateException("no codec " + codec);
        }
        inner = known;
      }
      return known;
    }

    @Override
    public String name() {
      return inner().name();
    }

    @Override
    public int encodedLength(WireMessage message) {
      return inner().encodedLength(message);
    }

    @Override
    public void encode(WireMessage message, WireBuffer out) {
      inner().encode(message, out);
      sent(message);
    }

    @Override
    public WireMessage decode(WireSlice in) throws MalformedMessage {
      WireMessage message = inner().decode(in);
      received(message);
      return message;
    }
  }
}
