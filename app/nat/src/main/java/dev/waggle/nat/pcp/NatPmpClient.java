package dev.waggle.nat.pcp;

import dev.waggle.nat.pcp.NatPmpMessages.Reply;
import dev.waggle.nat.router.Gateway;
import dev.waggle.nat.router.Grants;
import dev.waggle.nat.router.Outcome;
import dev.waggle.nat.router.Patience;
import dev.waggle.nat.router.RouterClient;
import dev.waggle.nat.router.SilenceException;
import dev.waggle.nat.router.Stop;
import dev.waggle.nat.router.UdpQuestion;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.nat.Mapping;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A mapping by NAT-PMP (RFC 6886), which knows IPv4 only, and no nonce: that an answer comes from
 * the router's address to the port of the question is all that speaks for it.
 */
public final class NatPmpClient implements RouterClient {
  /** What RFC 6886 §3.3 recommends; renewed at half of it. */
  static final int LIFETIME_SECONDS = 7200;

  private final Gateway gateway;
  private final int routerPort;
  private final int port;
  private final Patience patience;
  private final UdpQuestion question;
  private final LongSupplier clock;
  private final NatPmpEpoch epoch = new NatPmpEpoch();
  private @Nullable IpAddress external;
  private int externalPort;
  private boolean asked;

  /**
   * @param gateway of IPv4
   * @param routerPort 5351 (RFC 6886 §3.1)
   * @param port of this machine
   * @param clock in nanoseconds
   */
  public NatPmpClient(
      Gateway gateway, int routerPort, int port, Patience patience, Stop stop, LongSupplier clock) {
    if (!gateway.isIpv4()) {
      throw new IllegalArgumentException("NAT-PMP is for IPv4, and not for " + gateway);
    }
    this.gateway = gateway;
    this.routerPort = routerPort;
    this.port = port;
    this.patience = patience;
    this.question = new UdpQuestion(gateway, routerPort, stop);
    this.clock = clock;
    this.externalPort = port;
  }

  @Override
  public Mapping.Method method() {
    return Mapping.Method.NATPMP;
  }

  @Override
  public Outcome map() {
    try {
      return switch (askForAddress()) {
        case Reply.External address -> map(address.address());
        case Reply.Refusal error -> refused(error);
        case Reply.Mapped other -> throw new IllegalStateException("no answer to this: " + other);
      };
    } catch (SilenceException e) {
      return e.outcome();
    }
  }

  private Outcome map(IpAddress address) throws SilenceException {
    asked = true;
    Reply reply =
        question.ask(
            NatPmpMessages.mapRequest(port, externalPort, LIFETIME_SECONDS),
            patience,
            datagram -> NatPmpMessages.readMapped(datagram, port));
    return switch (reply) {
      case Reply.Mapped mapped -> granted(address, mapped);
      case Reply.Refusal error -> refused(error);
      case Reply.External other -> throw new IllegalStateException("no answer to this: " + other);
    };
  }

  private Outcome granted(IpAddress address, Reply.Mapped mapped) {
    epoch.isContinued(mapped.epochSeconds(), clock.getAsLong());
    Outcome outcome = Grants.judge(true, address, mapped.externalPort(), mapped.lifetimeSeconds());
    if (outcome instanceof Outcome.Granted granted) {
      external = address;
      externalPort = granted.external().port();
    } else {
      external = null;
    }
    return outcome;
  }

  private Outcome refused(Reply.Refusal error) {
    external = null;
    return new Outcome.Refused(NatPmpMessages.words(error.result()));
  }

  private Reply askForAddress() throws SilenceException {
    return question.ask(
        NatPmpMessages.externalAddressRequest(), patience, NatPmpMessages::readExternalAddress);
  }

  @Override
  public boolean isUnchanged() {
    try {
      return askForAddress() instanceof Reply.External answer
          && epoch.isContinued(answer.epochSeconds(), clock.getAsLong())
          && answer.address().equals(external);
    } catch (SilenceException e) {
      return false;
    }
  }

  @Override
  public void remove(Duration within) {
    if (!asked) {
      return;
    }
    byte[] request = NatPmpMessages.mapRequest(port, 0, 0); // RFC 6886 §3.4
    UdpQuestion last = new UdpQuestion(gateway, routerPort, new Stop());
    if (external == null) {
      last.tell(request);
    } else {
      try {
        last.ask(
            request,
            Patience.within(within),
            datagram -> NatPmpMessages.readMapped(datagram, port));
      } catch (SilenceException e) {
        // Then it ends by itself.
      }
    }
    asked = false;
    external = null;
  }
}
