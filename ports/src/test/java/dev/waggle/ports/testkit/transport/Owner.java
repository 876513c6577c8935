package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Whoever owns a transport, and hears when it has failed. */
final class Owner implements Consumer<Throwable> {
  private final BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();

  static Owner of(Transport transport) {
    Owner owner = new Owner();
    var _ = transport.failure().thenAccept(owner);
    return owner;
  }

  @Override
  public void accept(Throwable failure) {
    told.add(failure);
  }

  /** What it is told next, as soon as it is. */
  Throwable told() throws InterruptedException {
    Throwable failure = told.poll(Harness.SAFETY.toSeconds(), TimeUnit.SECONDS);
    assertThat(failure).as("what the owner is told").isNotNull();
    return failure;
  }

  /** What it has been told and nobody has asked for. */
  List<Throwable> toldBesides() {
    return new ArrayList<>(told);
  }
}
