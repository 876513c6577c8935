package dev.waggle.ports.operator;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Ban;
import dev.waggle.ports.node.KnownAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What a node's operator sees and steers: control sockets, metrics and pages are adapters of it.
 *
 * <p>Safe from any thread; never blocks. Answers are given on a thread of the node, which must not
 * be blocked; once the node is closed they are an {@link IllegalStateException}.
 */
public interface NodeControl {
  /** The node as it is now. */
  CompletionStage<NodeStatus> status();

  /** The address book, in no particular order: at most some ten thousand entries. */
  CompletionStage<List<KnownAddress>> addresses();

  /**
   * Dials an address, and keeps a link with it until the node ends or {@link #disconnect}: as with
   * the setting {@code add_peers}. Completes with what the first attempt came to, within some ten
   * seconds; one that has failed is tried again later.
   */
  CompletionStage<ConnectResult> connect(PeerAddress address);

  /**
   * Says Goodbye to a peer on all its links, and no longer keeps one with it that {@link #connect}
   * or a setting has asked for. It may dial again: see {@link #ban}.
   *
   * @return how many links ended
   */
  CompletionStage<Integer> disconnect(PeerId peer);

  /**
   * The same for all links whose peer's socket is at {@code remote}, and for what is dialled there.
   */
  CompletionStage<Integer> disconnect(Endpoint remote);

  /**
   * Bans a peer, an address or a subnet: links with them end at once, and there are none until the
   * ban is over. It is kept over restarts, if the node has a store of peers. If the subject is
   * banned already, the ban that ends later counts.
   *
   * @param time a second to ten years
   * @param reason for whoever reads the list: a short line of text
   * @return whether it is banned: false if there are 10,000 bans already
   * @throws IllegalArgumentException if {@code time} or {@code reason} is anything else
   */
  CompletionStage<Boolean> ban(Ban.Subject subject, Duration time, String reason);

  /**
   * Takes a ban back, whoever has made it, or forgives a discouraged address; of a subnet all that
   * lie in it.
   *
   * @return whether there was any
   */
  CompletionStage<Boolean> unban(Ban.Subject subject);

  /**
   * The operator's bans, those of peers that have misbehaved, and the addresses that are
   * discouraged because one has misbehaved there.
   */
  CompletionStage<List<Ban>> bans();
}
