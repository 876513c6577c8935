package dev.waggle.node.runtime;

import dev.waggle.domain.frame.RecordBuffers;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory that all links of one I/O thread work in, one after the other, so that an idle link
 * holds none. Owned by that thread.
 *
 * @param recordBuffers for what sessions seal, open and put together
 * @param received what the link has received that is being served; empty between two of its events
 */
record Workspace(RecordBuffers recordBuffers, List<Incoming> received) {
  Workspace() {
    this(new RecordBuffers(), new ArrayList<>());
  }
}
