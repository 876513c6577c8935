package dev.waggle.domain.peers;

import dev.waggle.ports.node.PeerDirectory;
import dev.waggle.ports.node.PeerMemory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory that knows nobody, and remembers what was asked of it. */
final class RecordingDirectory implements PeerDirectory {
  final List<String> lookUps = new ArrayList<>();
  @Nullable PeerMemory kept;

  @Override
  public void lookUp(String dnsSeed) {
    lookUps.add(dnsSeed);
  }

  @Override
  public void keep(PeerMemory memory) {
    kept = memory;
  }
}
