package dev.waggle.operator.control;

import dev.waggle.operator.control.RpcMethod.Answer;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Ban;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.operator.ConnectResult;
import dev.waggle.ports.operator.NodeControl;
import dev.waggle.ports.operator.NodeStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is asked about peers, and done to them. */
final class PeerMethods {
  private static final Duration DEFAULT_BAN = Duration.ofDays(1);
  private static final String DEFAULT_REASON = "by the operator";

  private final ControlledNode node;
  private final NodeControl control;
  private final Patience patience;

  PeerMethods(ControlledNode node, Patience patience) {
    this.node = node;
    this.control = node.control();
    this.patience = patience;
  }

  List<RpcMethod> all() {
    Param subject =
        Param.required(
            "subject", Param.Type.STRING, "a PeerId, an IP address, or a subnet as 192.0.2.0/24");
    return List.of(
        new RpcMethod(
            "peers",
            List.of(),
            "whether others can dial the node, and the links in use, the oldest first",
            this::peers),
        new RpcMethod(
            "connect",
            List.of(
                Param.required(
                    "address",
                    Param.Type.STRING,
                    "host:port, or peerid@host:port to accept no other")),
            "dials, and keeps a link until the node ends or disconnect; answers after the first"
                + " attempt",
            this::connect),
        new RpcMethod(
            "disconnect",
            List.of(
                Param.required("peer", Param.Type.STRING, "a PeerId, or the ip:port of its end")),
            "takes leave of a peer, and keeps no link with it that was asked for",
            this::disconnect),
        new RpcMethod(
            "ban.add",
            List.of(
                subject,
                Param.optional(
                    "seconds",
                    Param.Type.NUMBER,
                    "for how long: 86,400 by default, ten years at most"),
                Param.optional("reason", Param.Type.STRING, "a line of up to 200 characters")),
            "ends links, and allows none until it is over",
            this::addBan),
        new RpcMethod(
            "ban.remove",
            List.of(subject),
            "takes bans back; of a subnet all that lie in it",
            this::removeBan),
        new RpcMethod("ban.list", List.of(), "who is banned or discouraged", this::listBans),
        new RpcMethod(
            "addresses",
            List.of(Param.optional("limit", Param.Type.NUMBER, "how many at most; all by default")),
            "the address book, those first that the node was linked with last",
            this::addresses));
  }

  private Answer peers(Params params) throws RpcFailed, InterruptedException {
    NodeStatus status = patience.await(control.status());
    return Answer.of(
        new Peers(
            node.about().transport(),
            ReachView.of(status.reach()),
            status.links().stream().map(PeerView::of).toList()));
  }

  private Answer connect(Params params) throws RpcFailed, InterruptedException {
    PeerAddress address = params.parsed("address", PeerAddress::parse);
    return Answer.of(
        switch (patience.awaitDial(control.connect(address))) {
          case ConnectResult.Linked(var peer) -> new Connected(true, peer.id().hex(), null);
          case ConnectResult.Failed(String reason) -> new Connected(false, null, reason);
        });
  }

  private Answer disconnect(Params params) throws RpcFailed, InterruptedException {
    String peer = params.text("peer");
    boolean isAddress = peer.indexOf(':') >= 0;
    int ended =
        patience.await(
            isAddress
                ? control.disconnect(params.parsed("peer", Endpoint::parse))
                : control.disconnect(params.parsed("peer", PeerId::ofHex)));
    return Answer.of(new Disconnected(ended));
  }

  private Answer addBan(Params params) throws RpcFailed, InterruptedException {
    Ban.Subject subject = params.parsed("subject", Ban.Subject::parse);
    long seconds = params.optionalNumber("seconds").orElse(DEFAULT_BAN.toSeconds());
    if (seconds < 1 || seconds > Ban.MAX_SECONDS) {
      throw RpcFailed.invalidParams("seconds: expected 1 to " + Ban.MAX_SECONDS);
    }
    String reason = params.optionalText("reason").orElse(DEFAULT_REASON);
    if (!patience.await(control.ban(subject, Duration.ofSeconds(seconds), reason))) {
      throw new RpcFailed(
          ErrorCode.REFUSED, "there are as many bans already as are kept: remove some");
    }
    return Answer.of(new Banned(subject.toString(), seconds));
  }

  private Answer removeBan(Params params) throws RpcFailed, InterruptedException {
    Ban.Subject subject = params.parsed("subject", Ban.Subject::parse);
    return Answer.of(new Unbanned(patience.await(control.unban(subject))));
  }

  private Answer listBans(Params params) throws RpcFailed, InterruptedException {
    return Answer.of(new Bans(patience.await(control.bans()).stream().map(BanView::of).toList()));
  }

  private Answer addresses(Params params) throws RpcFailed, InterruptedException {
    long limit = params.optionalNumber("limit").orElse(Long.MAX_VALUE);
    if (limit < 0) {
      throw RpcFailed.invalidParams("limit: expected a number that is not negative");
    }
    List<KnownAddress> known = patience.await(control.addresses());
    Stream<KnownAddress> sorted = known.stream().sorted(LINKED_LAST_FIRST).limit(limit);
    return Answer.of(new Addresses(known.size(), sorted.map(AddressView::of).toList()));
  }

  private static final Comparator<KnownAddress> LINKED_LAST_FIRST =
      Comparator.comparingLong(
              (KnownAddress address) ->
                  address.succeededSecondsAgo() == KnownAddress.NEVER
                      ? Long.MAX_VALUE
                      : address.succeededSecondsAgo())
          .thenComparing(KnownAddress::endpoint);

  record Peers(String transport, ReachView reach, List<PeerView> peers) {}

  record Connected(boolean linked, @Nullable String peerId, @Nullable String reason) {}

  record Disconnected(int ended) {}

  record Banned(String subject, long seconds) {}

  record Unbanned(boolean removed) {}

  record Bans(List<BanView> bans) {}

  record BanView(String subject, String kind, long secondsLeft, String reason) {
    private static BanView of(Ban ban) {
      return new BanView(
          ban.subject().toString(), ban.kind().word(), ban.secondsLeft(), ban.reason());
    }
  }

  record Addresses(int known, List<AddressView> addresses) {}

  /** Ages are null for what has not happened. */
  record AddressView(
      String address,
      boolean tried,
      @Nullable String peerId,
      @Nullable Long linkedSecondsAgo,
      @Nullable Long dialledSecondsAgo,
      @Nullable Long seenSecondsAgo,
      int failures,
      String source) {

    private static AddressView of(KnownAddress address) {
      PeerId proven = address.proven();
      return new AddressView(
          address.endpoint().toString(),
          address.tried(),
          proven == null ? null : proven.hex(),
          age(address.succeededSecondsAgo()),
          age(address.triedSecondsAgo()),
          age(address.seenSecondsAgo()),
          address.failures(),
          address.source().toString());
    }

    private static @Nullable Long age(long secondsAgo) {
      return secondsAgo == KnownAddress.NEVER ? null : Long.valueOf(secondsAgo);
    }
  }
}
