package dev.waggle.simulator.checks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.LongConsumer;

/** Loads all classes of the project anew, and one of them with a mistake. */
final class MutantLoader extends ClassLoader {
  private static final String OURS = "dev.waggle.";

  private final Mutation mutation;

  MutantLoader(Mutation mutation) {
    super(MutantLoader.class.getClassLoader());
    this.mutation = mutation;
  }

  /** The net, woven from the classes of this loader. */
  LongConsumer net() {
    try {
      Class<?> net = loadClass(Net.class.getName());
      return (LongConsumer) net.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the net cannot be made", e);
    }
  }

  /** Runs a seed; public, so that it can be made from another loader's class. */
  public static final class Net implements LongConsumer {
    @Override
    public void accept(long seed) {
      long _ = MixedFaults.run(seed);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] sound = in.readAllBytes();
      byte[] bytes = name.equals(mutation.className()) ? mutation.applyTo(sound) : sound;
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
