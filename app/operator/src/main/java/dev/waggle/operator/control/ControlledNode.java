package dev.waggle.operator.control;

import dev.waggle.chain.ChainArchive;
import dev.waggle.chain.ChainView;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.operator.NodeControl;
import dev.waggle.ports.wire.MessageId;
import java.util.concurrent.CompletionStage;
import org.slf4j.event.Level;

/** A node that keeps a chain, as its control knows it. Safe from any thread. */
public interface ControlledNode {
  /**
   * What does not change while a node runs.
   *
   * @param version of Waggle, as {@code --version} prints it
   * @param transport one line for the operator
   */
  record About(String version, String network, PeerId peerId, Endpoint address, String transport) {}

  About about();

  NodeControl control();

  ChainView chain();

  ChainArchive archive();

  /**
   * Publishes a memo in a transaction that the node signs; takes as long as signing.
   *
   * @return the transaction's id once the node has accepted it
   * @throws IllegalArgumentException if the memo is too long
   */
  CompletionStage<MessageId> publish(Bytes memo);

  Level logLevel();

  void logLevel(Level level);

  /** Begins to end the process in good order; does not wait for it. */
  void stop();
}
