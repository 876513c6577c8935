package dev.waggle.cli.attack;

/** Connects and says nothing, or all but the last byte of an Offer. */
record StalledHandshake(boolean begins) implements Behaviour {
  @Override
  public boolean shakesHands() {
    return false;
  }

  @Override
  public void connected(RawLink link) {
    if (begins) {
      link.withhold(1);
      link.shakeHands();
    }
  }

  @Override
  public boolean sendMore(RawLink link) {
    return false;
  }
}
