package dev.waggle.nat.upnp;

import dev.waggle.nat.router.SilenceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls of a router's service (UPnP Device Architecture 1.0 §3.2): SOAP 1.1 over HTTP. */
final class Soap {
  private static final int OK = 200;
  private static final int FAULT = 500;

  private final RouterHttp http;

  Soap(RouterHttp http) {
    this.http = http;
  }

  /** What a call comes back with. */
  sealed interface Result {
    /** Names and values, the first of each name. */
    record Values(Map<String, String> values) implements Result {
      String value(String name) {
        return values.getOrDefault(name, "");
      }
    }

    /**
     * The router's no.
     *
     * @param code of UPnP, or the HTTP status of what has none
     */
    record Fault(int code) implements Result {}
  }

  /**
   * Calls.
   *
   * @param arguments in the order that the service wants; their values are ours, and plain
   */
  Result call(IgdService service, String action, Map<String, String> arguments)
      throws SilenceException {
    StringBuilder body =
        new StringBuilder()
            .append("<?xml version=\"1.0\"?>\r\n")
            .append("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"")
            .append(" s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body>")
            .append("<u:" + action + " xmlns:u=\"" + service.type() + "\">");
    arguments.forEach((name, value) -> body.append("<" + name + ">" + value + "</" + name + ">"));
    body.append("</u:" + action + "></s:Body></s:Envelope>\r\n");
    HttpAnswer answer =
        http.post(
            service.control(),
            headers("\"" + service.type() + "#" + action + "\""),
            body.toString());
    List<XmlLeaf> leaves = XmlLeaf.parse(answer.body());
    if (answer.status() == OK && leaves != null) {
      Map<String, String> values = new LinkedHashMap<>();
      leaves.forEach(leaf -> values.putIfAbsent(leaf.name(), leaf.text()));
      return new Result.Values(values);
    }
    return new Result.Fault(
        answer.status() == FAULT && leaves != null ? code(leaves) : answer.status());
  }

  private static Map<String, String> headers(String action) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/xml; charset=\"utf-8\"");
    headers.put("SOAPAction", action);
    return headers;
  }

  private static int code(List<XmlLeaf> leaves) {
    return leaves.stream()
        .filter(leaf -> leaf.name().equals("errorCode") && leaf.text().matches("[0-9]{1,4}"))
        .findFirst()
        .map(leaf -> Integer.parseInt(leaf.text()))
        .orElse(FAULT);
  }
}
