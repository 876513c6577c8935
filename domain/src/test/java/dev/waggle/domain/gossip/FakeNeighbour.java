package dev.waggle.domain.gossip;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.domain.rates.Told;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;

/** A peer that keeps what it is sent, as long as it is connected and has room. */
public final class FakeNeighbour implements Neighbour {
  private final PeerId id;
  private final List<WireMessage> taken = new ArrayList<>();
  final List<Offence> offences = new ArrayList<>();
  final List<GossipMessage.Kind> firsts = new ArrayList<>();
  public boolean connected = true;
  boolean outbound;
  public int room = Integer.MAX_VALUE;

  /** Whether it drops what it is sent, although it has said that it takes more. */
  public boolean full;

  /** What it may tell of each kind, and has told. */
  public int allowance = Integer.MAX_VALUE;

  public final List<String> told = new ArrayList<>();
  int served;
  int again;

  /** The features in force on its link. */
  final List<Integer> features = new ArrayList<>();

  public FakeNeighbour(int number) {
    byte[] hash = new byte[PeerId.LENGTH];
    hash[0] = (byte) number;
    this.id = new PeerId(Bytes.wrap(hash));
  }

  @Override
  public PeerId id() {
    return id;
  }

  @Override
  public boolean send(WireMessage message, long nowNanos) {
    if (!connected || full || taken.size() >= room) {
      return false;
    }
    taken.add(message);
    return true;
  }

  @Override
  public boolean isConnected() {
    return connected;
  }

  @Override
  public boolean has(int feature) {
    return features.contains(feature);
  }

  @Override
  public boolean isOutbound() {
    return outbound;
  }

  @Override
  public boolean takesMore() {
    return connected && taken.size() < room;
  }

  @Override
  public int allow(Told what, int count, long nowNanos) {
    told.add(count + " " + what);
    int allowed = Math.min(count, allowance);
    allowance -= allowed;
    return allowed;
  }

  @Override
  public void served(int count) {
    served += count;
  }

  @Override
  public void broughtFirst(GossipMessage.Kind kind, long nowNanos) {
    firsts.add(kind);
  }

  @Override
  public void broughtAgain() {
    again++;
  }

  @Override
  public void blame(Offence offence, long nowNanos) {
    offences.add(offence);
  }

  /** What was sent since the last call. */
  public List<WireMessage> take() {
    List<WireMessage> all = new ArrayList<>(taken);
    taken.clear();
    return all;
  }

  @Override
  public String toString() {
    return "FakeNeighbour(" + id.shortHex() + ")";
  }
}
