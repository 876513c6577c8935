package dev.waggle.nat.support;

import dev.waggle.nat.router.Outcome;
import dev.waggle.nat.router.RouterClient;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.nat.Mapping;
import java.time.Duration;

/** A router that answers what a test says, at once. */
public final class ScriptedClient implements RouterClient {
  private final Mapping.Method method;
  public Outcome answer = new Outcome.Silent("does not answer");
  public boolean unchanged = true;
  public Runnable whenAsked = () -> {};
  public int asked;
  public int checked;
  public int removed;

  public ScriptedClient(Mapping.Method method) {
    this.method = method;
  }

  /** A grant for 203.0.113.7. */
  public static Outcome grant(int port, Duration lifetime) {
    return new Outcome.Granted(new IpEndpoint(IpAddress.ofIpv4(0xCB007107), port), lifetime);
  }

  @Override
  public Mapping.Method method() {
    return method;
  }

  @Override
  public Outcome map() {
    asked++;
    whenAsked.run();
    return answer;
  }

  @Override
  public boolean isUnchanged() {
    checked++;
    return unchanged;
  }

  @Override
  public void remove(Duration within) {
    removed++;
  }
}
