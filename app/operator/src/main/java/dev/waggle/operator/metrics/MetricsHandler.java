package dev.waggle.operator.metrics;

import dev.waggle.ports.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code GET /metrics} for Prometheus, {@code /healthz} for whoever restarts a process that hangs,
 * {@code /readyz} for whoever sends users to a node. 503 with a line for each reason where the
 * answer is no.
 *
 * <p>Blocks for two seconds at most, and writes on the caller's thread.
 */
public final class MetricsHandler extends Handler.Abstract {
  /** What Prometheus has understood from its beginning. */
  static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private static final Set<String> PATHS = Set.of("/metrics", "/healthz", "/readyz");
  private static final String LINES = "text/plain; charset=utf-8";

  private final NodeMetrics metrics;
  private final int readyPeers;

  /**
   * Tells of {@code metrics}.
   *
   * @param readyPeers with so many peers a node is ready
   */
  public MetricsHandler(NodeMetrics metrics, int readyPeers) {
    this.metrics = metrics;
    this.readyPeers = readyPeers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    if (!PATHS.contains(path)) {
      return false;
    }
    if (isRead(request)) {
      answer(path, request).send(response, callback);
    } else {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
    }
    return true;
  }

  private static boolean isRead(Request request) {
    return HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
  }

  private Answer answer(String path, Request request) {
    try {
      return switch (path) {
        case "/metrics" -> {
          String type = contentType(request);
          yield new Answer(HttpStatus.OK_200, type, metrics.scrape(type));
        }
        case "/healthz" -> {
          metrics.checkAlive();
          yield Answer.lines(HttpStatus.OK_200, List.of("alive"));
        }
        default -> {
          List<String> missing = metrics.missing(readyPeers);
          yield missing.isEmpty()
              ? Answer.lines(HttpStatus.OK_200, List.of("ready"))
              : Answer.lines(HttpStatus.SERVICE_UNAVAILABLE_503, missing);
        }
      };
    } catch (NoAnswer e) {
      return Answer.lines(HttpStatus.SERVICE_UNAVAILABLE_503, List.of(e.getMessage()));
    }
  }

  /** OpenMetrics for who names it, the text for everybody else; protocol buffers for nobody. */
  private static String contentType(Request request) {
    boolean namesIt =
        request.getHeaders().getValuesList(HttpHeader.ACCEPT).stream()
            .anyMatch(accepted -> accepted.contains("application/openmetrics-text"));
    return namesIt ? OPEN_METRICS : TEXT;
  }

  private record Answer(int status, String contentType, Bytes body) {
    static Answer lines(int status, List<String> lines) {
      String text = String.join("\n", lines) + "\n";
      return new Answer(status, LINES, Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    void send(Response response, Callback callback) {
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      response.write(true, ByteBuffer.wrap(body.borrowArray()), callback);
    }
  }
}
