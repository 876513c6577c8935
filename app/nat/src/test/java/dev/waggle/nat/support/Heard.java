package dev.waggle.nat.support;

import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.nat.PortMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What an observer has heard, as lines. */
public final class Heard implements PortMapping.Observer {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Override
  public void mapped(Mapping mapping) {
    lines.add("mapped " + text(mapping) + " for " + mapping.lifetime().toSeconds());
  }

  @Override
  public void lost(Mapping mapping, String why) {
    lines.add("lost " + text(mapping) + ": " + why);
  }

  @Override
  public void failed(String why) {
    lines.add("failed: " + why);
  }

  private static String text(Mapping mapping) {
    return mapping.method().word() + " " + mapping.external();
  }

  /** Everything since the last time. */
  public List<String> take() {
    List<String> taken = new ArrayList<>();
    lines.drainTo(taken);
    return taken;
  }

  /** Waits for one. */
  public String next() throws InterruptedException {
    return Objects.requireNonNull(lines.poll(30, TimeUnit.SECONDS), "nothing is heard");
  }
}
