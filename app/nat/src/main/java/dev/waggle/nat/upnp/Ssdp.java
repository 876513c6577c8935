package dev.waggle.nat.upnp;

import dev.waggle.nat.router.Gateway;
import dev.waggle.nat.router.SilenceException;
import dev.waggle.nat.router.Stop;
import dev.waggle.nat.router.UdpQuestion;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A search for the description of one router (UPnP Device Architecture 1.0 §1.2.2). Everybody on
 * this network hears it, and may answer; only the router is listened to.
 */
final class Ssdp {
  /** Answers of others, after which the network is too loud to go on. */
  static final int MAX_ANSWERS = 1000;

  /** What routers send has a quarter of it. */
  private static final int MAX_BYTES = 2048;

  /** Both versions, for some routers of the second answer to their own only. */
  private static final List<String> TARGETS =
      List.of(
          "urn:schemas-upnp-org:device:InternetGatewayDevice:1",
          "urn:schemas-upnp-org:device:InternetGatewayDevice:2");

  /** A search is sent again, because datagrams get lost. */
  private static final int ATTEMPTS = 2;

  private final Gateway gateway;
  private final InetSocketAddress group;
  private final Duration wait;
  private final Stop stop;

  /**
   * @param group where to
   * @param wait for answers to one search; a device takes up to a second by our word
   */
  Ssdp(Gateway gateway, InetSocketAddress group, Duration wait, Stop stop) {
    this.gateway = gateway;
    this.group = group;
    this.wait = wait;
    this.stop = stop;
  }

  /**
   * Searches.
   *
   * @return where the router says that its description is: a URL of itself
   */
  RouterUrl search() throws SilenceException {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(gateway.source(), 0))) {
      stop.guard(socket);
      NetworkInterface network = NetworkInterface.getByInetAddress(gateway.source());
      if (network != null) {
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
      }
      int heard = 0;
      byte[] buffer = new byte[MAX_BYTES];
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        for (String target : TARGETS) {
          byte[] request = request(target);
          socket.send(new DatagramPacket(request, request.length, group));
        }
        long end = System.nanoTime() + wait.toNanos();
        for (long left = wait.toNanos(); left > 0; left = end - System.nanoTime()) {
          DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
          socket.setSoTimeout(UdpQuestion.millis(left));
          try {
            socket.receive(packet);
          } catch (SocketTimeoutException e) {
            break;
          }
          RouterUrl url = location(packet);
          if (url != null) {
            return url;
          }
          if (++heard >= MAX_ANSWERS) {
            throw new SilenceException("is not heard among too many that answer", null);
          }
        }
      }
      throw new SilenceException("does not answer", null);
    } catch (SilenceException e) {
      throw e;
    } catch (IOException e) {
      throw new SilenceException("cannot be searched for: " + e.getMessage(), e);
    } finally {
      stop.release();
    }
  }

  private byte[] request(String target) {
    return ("M-SEARCH * HTTP/1.1\r\n"
            + ("HOST: " + group.getAddress().getHostAddress() + ":" + group.getPort() + "\r\n")
            + "MAN: \"ssdp:discover\"\r\n"
            + "MX: 1\r\n"
            + ("ST: " + target + "\r\n")
            + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private @Nullable RouterUrl location(DatagramPacket packet) {
    if (!packet.getAddress().equals(gateway.address())) {
      return null;
    }
    String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    String[] lines = text.split("\r?\n", -1);
    if (!lines[0].matches("HTTP/1\\.[01] 200( .*)?")) {
      return null;
    }
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals("location")) {
        return RouterUrl.of(line.substring(colon + 1).strip(), null, gateway.ip());
      }
    }
    return null;
  }
}
