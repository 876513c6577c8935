package dev.waggle.nat.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A UPnP router on loopback that maps ports, each to whoever is first. */
public final class UpnpRouter implements AutoCloseable {
  private static final String TYPE = "urn:schemas-upnp-org:service:WANIPConnection:1";

  private final HttpRouter http;
  private final UdpRouter ssdp;
  private final Map<Integer, String> mappings = new TreeMap<>();
  private final List<String> leases = new ArrayList<>();
  private String external = "203.0.113.7";
  private boolean permanentOnly;
  private int error;

  public UpnpRouter() throws IOException {
    http = new HttpRouter(this::serve);
    ssdp = new UdpRouter(description());
  }

  /** Says where its description is. */
  public UdpRouter.Behaviour description() {
    String answer = "HTTP/1.1 200 OK\r\nLOCATION: http://127.0.0.1:" + http.port() + "/d\r\n\r\n";
    return question -> List.of(answer.getBytes(StandardCharsets.US_ASCII));
  }

  public void stopServing() throws IOException {
    http.close();
  }

  public UdpRouter ssdp() {
    return ssdp;
  }

  /** What is mapped, by external port. */
  public synchronized Map<Integer, String> mappings() {
    return new TreeMap<>(mappings);
  }

  public synchronized void map(int port, String to) {
    mappings.put(port, to);
  }

  public synchronized void forget() {
    mappings.clear();
  }

  /** For how long mappings were asked, in seconds. */
  public synchronized List<String> leases() {
    return List.copyOf(leases);
  }

  public synchronized void external(String address) {
    external = address;
  }

  public synchronized void permanentOnly() {
    permanentOnly = true;
  }

  /** Refuses mappings with this error; 0 for none. */
  public synchronized void error(int code) {
    error = code;
  }

  private synchronized void serve(String request, OutputStream out) throws IOException {
    if (request.startsWith("GET /d ")) {
      out.write(
          HttpRouter.answer(
              200,
              "<root><device><service><serviceType>"
                  + TYPE
                  + "</serviceType><controlURL>/c</controlURL></service></device></root>"));
    } else if (request.startsWith("POST /c ")) {
      out.write(call(request));
    } else {
      out.write(HttpRouter.answer(404, ""));
    }
  }

  private byte[] call(String request) {
    Matcher action = Pattern.compile("SOAPAction: \"" + TYPE + "#(\\w+)\"\r\n").matcher(request);
    if (!action.find()) {
      return fault(401);
    }
    String port = argument(request, "NewExternalPort");
    String to = argument(request, "NewInternalClient") + ":" + argument(request, "NewInternalPort");
    return switch (action.group(1)) {
      case "AddPortMapping" -> add(Integer.parseInt(port), to, request);
      case "GetExternalIPAddress" ->
          values("<NewExternalIPAddress>" + external + "</NewExternalIPAddress>");
      case "GetSpecificPortMappingEntry" -> entry(Integer.parseInt(port));
      case "DeletePortMapping" ->
          mappings.remove(Integer.parseInt(port)) == null ? fault(714) : values("");
      default -> fault(401);
    };
  }

  private byte[] add(int port, String to, String request) {
    String lease = argument(request, "NewLeaseDuration");
    leases.add(lease);
    if (error != 0) {
      return fault(error);
    }
    if (permanentOnly && !lease.equals("0")) {
      return fault(725);
    }
    if (!mappings.getOrDefault(port, to).equals(to)) {
      return fault(718);
    }
    mappings.put(port, to);
    return values("");
  }

  private byte[] entry(int port) {
    String to = mappings.get(port);
    return to == null
        ? fault(714)
        : values(
            "<NewInternalPort>"
                + to.substring(to.indexOf(':') + 1)
                + "</NewInternalPort><NewInternalClient>"
                + to.substring(0, to.indexOf(':'))
                + "</NewInternalClient>");
  }

  private static byte[] values(String values) {
    return HttpRouter.answer(200, "<e><b><r>" + values + "</r></b></e>");
  }

  private static byte[] fault(int code) {
    return HttpRouter.answer(
        500, "<e><b><f><d><errorCode>" + code + "</errorCode></d></f></b></e>");
  }

  private static String argument(String request, String name) {
    Matcher argument = Pattern.compile("<" + name + ">([^<]*)<").matcher(request);
    return argument.find() ? argument.group(1) : "";
  }

  @Override
  public void close() throws IOException {
    ssdp.close();
    http.close();
  }
}
