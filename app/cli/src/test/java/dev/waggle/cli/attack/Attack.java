package dev.waggle.cli.attack;

import static dev.waggle.cli.attack.Behaviour.UNLIMITED;

import dev.waggle.ports.wire.GossipMessage;

/** The kinds of hostile links. */
enum Attack {
  /** Asks for one large old block over and over, and never reads. */
  ONE_BLOCK_MANY_TIMES {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new Flood(0, ammunition::oneOldBlockManyTimes);
    }
  },

  /** Asks for many large old blocks, and reads them slowly enough to be at it for hours. */
  BLOCKS_READ_SLOWLY {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new Flood(SLOW_BYTES_PER_SECOND, ammunition::allOldBlocks);
    }
  },

  UNFINISHED_MESSAGE {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new UnfinishedMessage(ammunition.largeIgnored(), UnfinishedMessage.END_BYTES, false);
    }
  },

  /** Holds as much, and has sent little more than a quarter of it. */
  QUARTER_OF_A_MESSAGE {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new UnfinishedMessage(
          ammunition.largeIgnored(), GossipMessage.MAX_PAYLOAD_BYTES * 47L / 64, false);
    }
  },

  TRICKLED_MESSAGE {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new UnfinishedMessage(ammunition.largeIgnored(), UnfinishedMessage.END_BYTES, true);
    }
  },

  SMALL_IGNORED_GOSSIP {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new Flood(0, ammunition::smallIgnored);
    }
  },

  /** Is banned soon, and comes back as somebody else. */
  SMALL_INVALID_GOSSIP {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new Flood(0, ammunition::smallInvalid);
    }
  },

  LARGE_IGNORED_GOSSIP {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new Flood(0, ammunition::largeIgnored);
    }
  },

  LARGE_INVALID_GOSSIP {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new Flood(0, ammunition::largeInvalid);
    }
  },

  /** More transactions than the chain will ever take. */
  VALID_TRANSACTIONS {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new Flood(0, ammunition::validTransaction);
    }
  },

  /** Sends blocks whose parents it never delivers. */
  ORPHANS {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new Flood(UNLIMITED, ammunition::orphan);
    }
  },

  /** Announces what it never delivers. */
  INVENTED_IDS {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new Flood(UNLIMITED, ammunition::inventedAnnouncement);
    }
  },

  UNKNOWN_IDS {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new Flood(UNLIMITED, ammunition::unknownIds);
    }
  },

  /** Asks for Pongs, and never reads them. */
  PINGS {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new Flood(0, ammunition::ping);
    }
  },

  ADDRESSES {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new Flood(UNLIMITED, ammunition::addresses);
    }
  },

  SILENT_SOCKET {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new StalledHandshake(false);
    }
  },

  HALF_A_HANDSHAKE {
    @Override
    Behaviour with(Ammunition ammunition) {
      return new StalledHandshake(true);
    }
  };

  private static final int SLOW_BYTES_PER_SECOND = 4 * 1024;

  /** What a link of this kind does. */
  abstract Behaviour with(Ammunition ammunition);
}
