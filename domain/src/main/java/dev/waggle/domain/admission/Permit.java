package dev.waggle.domain.admission;

import dev.waggle.domain.admission.Places.Crowd;
import java.util.List;

/**
 * The leave to shake hands that {@link HandshakeAdmission} has given to one connection. It counts
 * until it is released, whichever way the handshake ends, or withdrawn to make room.
 *
 * <p>Owned by whoever owns the admission.
 */
public final class Permit {
  private final HandshakeAdmission admission;
  private final AddressPrefix prefix;
  private final HandshakeAdmission.Bucket bucket;
  private Places places;
  private List<Crowd> crowds = List.of();
  private long sinceNanos;
  private boolean over;

  /** A permit that has no place yet. */
  Permit(
      HandshakeAdmission admission,
      AddressPrefix prefix,
      HandshakeAdmission.Bucket bucket,
      Places places) {
    this.admission = admission;
    this.prefix = prefix;
    this.bucket = bucket;
    this.places = places;
  }

  /** The handshake is over; idempotent. */
  public void release() {
    if (!over) {
      places.leave(this);
      admission.end(this);
    }
  }

  AddressPrefix prefix() {
    return prefix;
  }

  HandshakeAdmission.Bucket bucket() {
    return bucket;
  }

  /** The crowds that it counts for where it has its place, the coarsest first. */
  List<Crowd> crowds() {
    return crowds;
  }

  /** Since when it has its place. */
  long sinceNanos() {
    return sinceNanos;
  }

  void moveTo(Places next, List<Crowd> joined, long nowNanos) {
    places = next;
    crowds = joined;
    sinceNanos = nowNanos;
  }

  /** Whether it was released or withdrawn. */
  boolean isOver() {
    return over;
  }

  void end() {
    over = true;
  }
}
