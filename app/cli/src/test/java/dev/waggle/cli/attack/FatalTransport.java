package dev.waggle.cli.attack;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.waggle.nio.NioTransport;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.Acceptor;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Transports of somebody else's that end a node as soon as a peer connects. */
public final class FatalTransport extends AbstractModule {
  /** Asks for more memory than there is. */
  public static final String OUT_OF_MEMORY = "out-of-memory";

  /** Calls itself for ever. */
  public static final String STACK_OVERFLOW = "stack-overflow";

  @ProvidesIntoMap
  @StringMapKey(OUT_OF_MEMORY)
  Transport outOfMemory() {
    return new Fatal(OUT_OF_MEMORY, new NioTransport(1), FatalTransport::exhaust);
  }

  @ProvidesIntoMap
  @StringMapKey(STACK_OVERFLOW)
  Transport stackOverflow() {
    return new Fatal(STACK_OVERFLOW, new NioTransport(1), FatalTransport::overflow);
  }

  private static @Nullable ConnectionListener exhaust(Endpoint remote) {
    long[][] tooMuch = new long[1024][Integer.MAX_VALUE / 2];
    throw new AssertionError(remote + " was given " + tooMuch.length + " arrays");
  }

  private static @Nullable ConnectionListener overflow(Endpoint remote) {
    throw new AssertionError(remote + " was reached after " + depth(0) + " calls");
  }

  private static long depth(long calls) {
    return calls < 0 ? calls : depth(calls + 1) + 1;
  }

  /**
   * Offers the transports as a service.
   *
   * @param directory an empty one, to write to
   * @return what belongs on the class path
   */
  public static Path offerIn(Path directory) throws IOException {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(services.resolve(Module.class.getName()), FatalTransport.class.getName());
    return directory;
  }

  private record Fatal(String name, Transport inner, Acceptor fatal) implements Transport {
    @Override
    public String describe() {
      return name + " at the first connection";
    }

    @Override
    public Endpoint listen(Endpoint local, Acceptor acceptor) throws ListenFailed {
      return inner.listen(local, fatal);
    }

    @Override
    public Dial dial(Endpoint remote, Duration timeout, ConnectionListener listener) {
      return inner.dial(remote, timeout, listener);
    }

    @Override
    public Dial dialFrom(
        int localPort, Endpoint remote, Duration timeout, ConnectionListener listener) {
      return inner.dialFrom(localPort, remote, timeout, listener);
    }

    @Override
    public CompletionStage<Throwable> failure() {
      return inner.failure();
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
