package dev.waggle.app.attack;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.waggle.nio.NioTransport;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A transport of somebody else's that asks for more memory than there is as soon as a peer
 * connects.
 */
public final class FatalTransport extends AbstractModule {
  /** The name by which the configuration selects it. */
  static final String NAME = "fatal";

  @ProvidesIntoMap
  @StringMapKey(NAME)
  Transport fatal() {
    return new Fatal(new NioTransport(1));
  }

  private record Fatal(Transport inner) implements Transport {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String describe() {
      return "out of memory at the first connection";
    }

    @Override
    public Endpoint listen(Endpoint local, Acceptor acceptor) throws ListenFailed {
      return inner.listen(local, Fatal::exhaust);
    }

    private static @Nullable ConnectionListener exhaust(Endpoint remote) {
      long[][] tooMuch = new long[1024][Integer.MAX_VALUE / 2];
      throw new AssertionError(remote + " was given " + tooMuch.length + " arrays");
    }

    @Override
    public Dial dial(Endpoint remote, Duration timeout, ConnectionListener listener) {
      return inner.dial(remote, timeout, listener);
    }

    @Override
    public void whenFailed(Consumer<Throwable> owner) {
      inner.whenFailed(owner);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
