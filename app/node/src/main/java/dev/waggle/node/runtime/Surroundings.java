package dev.waggle.node.runtime;

import dev.waggle.ports.node.PeerDirectory;
import dev.waggle.ports.node.PeerMemory;

/** What the node's decisions want beyond its links: answers of DNS seeds, and a memory. */
final class Surroundings implements PeerDirectory {
  private final SeedQuestions seeds;
  private final MemoryKeeper keeper;

  Surroundings(SeedQuestions seeds, MemoryKeeper keeper) {
    this.seeds = seeds;
    this.keeper = keeper;
  }

  @Override
  public void lookUp(String dnsSeed) {
    seeds.ask(dnsSeed);
  }

  @Override
  public void keep(PeerMemory memory) {
    keeper.keep(memory);
  }
}
