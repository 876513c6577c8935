package dev.waggle.simulator.network;

/**
 * What the network between hosts is like.
 *
 * @param latency one way, from place to place
 * @param jitter up to which part of the latency a packet takes longer, for example 0.1
 * @param tcp how connections begin
 * @param resetsPerHour how often a connection is lost, on average
 */
public record NetworkModel(Latency latency, double jitter, Tcp tcp, double resetsPerHour) {
  /** How long a packet travels. */
  @FunctionalInterface
  public interface Latency {
    long nanos(int fromPlace, int toPlace);
  }
}
