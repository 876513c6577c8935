package dev.waggle.chain;

import org.jspecify.annotations.Nullable;

/**
 * What of a block decides which others may follow it (CHAIN §5, rows 8 and 9).
 *
 * @param height not negative
 * @param timeMillis not negative
 */
record Place(long height, long timeMillis) {
  static Place of(BlockHeader header) {
    return new Place(header.height(), header.timeMillis());
  }

  static Place of(IndexedBlock block) {
    return new Place(block.height(), block.timeMillis());
  }

  /** Why a block here cannot follow one at {@code parent}; null if it can. */
  @Nullable String misfitTo(Place parent) {
    // Heights are not negative, so that one beyond the largest fits none.
    if (height != parent.height + 1) {
      return "height " + height + " does not follow " + parent.height;
    }
    return timeMillis < parent.timeMillis ? "its time lies before its parent's" : null;
  }
}
