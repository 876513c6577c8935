package dev.waggle.nat.pcp;

import dev.waggle.nat.pcp.PcpMessages.MapRequest;
import dev.waggle.nat.pcp.PcpMessages.Reply;
import dev.waggle.nat.router.Gateway;
import dev.waggle.nat.router.Grants;
import dev.waggle.nat.router.IpBytes;
import dev.waggle.nat.router.Outcome;
import dev.waggle.nat.router.Patience;
import dev.waggle.nat.router.RouterClient;
import dev.waggle.nat.router.SilenceException;
import dev.waggle.nat.router.Stop;
import dev.waggle.nat.router.UdpQuestion;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.nat.Mapping;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A mapping by PCP (RFC 6887): of an IPv4 port by a NAT, or a pinhole for an IPv6 port in a
 * firewall, which are one request to PCP (§11).
 *
 * <p>The nonce is drawn once and stays the mapping's (§11.2): who does not see this network's
 * packets can neither answer for the router nor end the mapping.
 */
public final class PcpClient implements RouterClient {
  /** How long is asked for; renewed at half of it. */
  static final int LIFETIME_SECONDS = 7200;

  /** "Whatever you have", of each family (RFC 6887 §11.1). */
  private static final IpAddress ANY_IPV4 = IpAddress.ofIpv4(0);

  private static final IpAddress ANY_IPV6 = new IpAddress(0, 0);

  private final Gateway gateway;
  private final int routerPort;
  private final int port;
  private final Patience patience;
  private final UdpQuestion question;
  private final LongSupplier clock;
  private final IpAddress client;
  private final byte[] nonce = new byte[PcpMessages.NONCE_BYTES];
  private final PcpEpoch epoch = new PcpEpoch();
  private @Nullable IpEndpoint granted;
  private boolean asked;

  /**
   * @param routerPort 5351 (RFC 6887 §19.1)
   * @param port of this machine
   * @param clock in nanoseconds
   */
  public PcpClient(
      Gateway gateway, int routerPort, int port, Patience patience, Stop stop, LongSupplier clock) {
    this.gateway = gateway;
    this.routerPort = routerPort;
    this.port = port;
    this.patience = patience;
    this.question = new UdpQuestion(gateway, routerPort, stop);
    this.clock = clock;
    this.client = IpBytes.of(gateway.source()); // What the router compares with (§8.1, §8.2).
    new SecureRandom().nextBytes(nonce);
  }

  @Override
  public Mapping.Method method() {
    return Mapping.Method.PCP;
  }

  @Override
  public Outcome map() {
    MapRequest request = request();
    asked = true;
    Reply reply;
    try {
      reply =
          question.ask(
              request.bytes(LIFETIME_SECONDS),
              patience,
              datagram -> PcpMessages.readMapped(datagram, request));
    } catch (SilenceException e) {
      return e.outcome();
    }
    Outcome outcome =
        switch (reply) {
          case Reply.OtherVersion other ->
              new Outcome.Refused(other.natPmp() ? "speaks NAT-PMP instead" : words(1));
          case Reply.Header header -> new Outcome.Refused(words(header.result()));
          case Reply.Mapped mapped -> judge(mapped);
        };
    switch (outcome) {
      case Outcome.Granted yes -> granted = yes.external();
      case Outcome.Refused no -> granted = null;
      case Outcome.Silent silent -> {}
    }
    return outcome;
  }

  private MapRequest request() {
    IpEndpoint before = granted;
    // The external side of before, so that a router that has restarted gives it again (§11.2).
    return before != null
        ? new MapRequest(client, nonce, port, before.port(), before.address())
        : new MapRequest(client, nonce, port, port, gateway.isIpv4() ? ANY_IPV4 : ANY_IPV6);
  }

  private Outcome judge(Reply.Mapped mapped) {
    Reply.Header header = mapped.header();
    // The answer to a mapping makes up for a restart; it is noted for the next comparison.
    epoch.isContinued(header.epochSeconds(), clock.getAsLong());
    if (header.result() != PcpMessages.SUCCESS) {
      // An error's lifetime says when to come again (§8.3).
      return new Outcome.Refused(
          words(header.result()), Duration.ofSeconds(header.lifetimeSeconds()));
    }
    return Grants.judge(
        gateway.isIpv4(), mapped.external(), mapped.port(), header.lifetimeSeconds());
  }

  private static String words(int result) {
    return PcpMessages.words(result);
  }

  @Override
  public boolean isUnchanged() {
    try {
      Reply reply =
          question.ask(PcpMessages.announce(client), patience, PcpMessages::readAnnounced);
      // Who does not know the question says so with an epoch all the same (§8.3).
      return reply instanceof Reply.Header header
          && epoch.isContinued(header.epochSeconds(), clock.getAsLong());
    } catch (SilenceException e) {
      return false;
    }
  }

  @Override
  public void remove(Duration within) {
    if (!asked) {
      return;
    }
    // The same nonce, and nothing suggested (§11.1, §15).
    MapRequest request =
        new MapRequest(client, nonce, port, 0, gateway.isIpv4() ? ANY_IPV4 : ANY_IPV6);
    byte[] bytes = request.bytes(0);
    UdpQuestion last = new UdpQuestion(gateway, routerPort, new Stop());
    if (granted == null) {
      last.tell(bytes);
    } else {
      try {
        last.ask(
            bytes, Patience.within(within), datagram -> PcpMessages.readMapped(datagram, request));
      } catch (SilenceException e) {
        // Then it ends by itself.
      }
    }
    asked = false;
    granted = null;
  }
}
