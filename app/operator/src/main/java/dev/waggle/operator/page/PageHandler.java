package dev.waggle.operator.page;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers browsers: the page's files, the session as it goes on, and as a file. It only reads;
 * there is nothing that a request could change.
 */
final class PageHandler extends Handler.Abstract {
  /** Scripts, styles and data from here, and nothing else from anywhere. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Assets assets = new Assets();
  private final Hosts hosts;
  private final PageContent content;

  PageHandler(Hosts hosts, PageContent content) {
    this.hosts = hosts;
    this.content = content;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = Request.getPathInContext(request);
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    if (!hosts.allow(Request.getServerName(request))) {
      Response.writeError(request, response, callback, HttpStatus.MISDIRECTED_REQUEST_421);
    } else if (!HttpMethod.GET.is(request.getMethod())) {
      headers.put(HttpHeader.ALLOW, "GET");
      Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
    } else if (!path.equals("/") && isFromElsewhere(request)) {
      Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403);
    } else {
      answer(path, request, response, callback);
    }
    return true;
  }

  /** Whether another site's page asks: it could not read the answer, but take up readers. */
  private static boolean isFromElsewhere(Request request) {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }

  private void answer(String path, Request request, Response response, Callback callback)
      throws IOException, InterruptedException {
    Assets.Asset asset = assets.at(path);
    if (asset != null) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, asset.type());
      response.write(true, ByteBuffer.wrap(asset.bytes()), callback);
      return;
    }
    switch (content) {
      case PageContent.Live live when path.equals("/events") ->
          events(live, request, response, callback);
      case PageContent.Live live when path.equals("/session") -> session(live, response, callback);
      case PageContent.Replay(Path file) when path.equals("/session") && file != null ->
          replay(file, request, response, callback);
      case PageContent _ when path.equals("/about") -> about(response, callback);
      case PageContent _ ->
          Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
    }
  }

  private void about(Response response, Callback callback) {
    ObjectNode json = SessionJson.object();
    switch (content) {
      case PageContent.Live live -> json.put("live", true).put("title", live.title());
      case PageContent.Replay(Path file) ->
          json.put("live", false)
              .put("title", file == null ? null : String.valueOf(file.getFileName()));
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    Content.Sink.write(response, true, json.toString(), callback);
  }

  private static void events(
      PageContent.Live live, Request request, Response response, Callback callback)
      throws InterruptedException {
    if (!live.readers().enter()) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "10");
      Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
      return;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream; charset=utf-8");
    String lastEventId = request.getHeaders().get("Last-Event-ID");
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      new SessionStream(live.log(), out).write(lastEventId, hello(live).toString());
    } catch (IOException e) {
      callback.failed(e); // The reader is gone, as readers go.
      return;
    } finally {
      live.readers().leave();
    }
    callback.succeeded();
  }

  private static ObjectNode hello(PageContent.Live live) {
    return SessionJson.object()
        .put("format", "waggle-session")
        .put("version", 1)
        .put("title", live.title())
        .put("began", live.log().beganMillis())
        .put("now", live.log().nowMillis());
  }

  /** Event by event, so that it need not lie in memory a second time. */
  private static void session(PageContent.Live live, Response response, Callback callback) {
    SessionLog.Snapshot all = live.log().snapshot();
    String head = hello(live).put("forgotten", all.forgotten()).toString();
    download(response, "application/json", "waggle-session.json");
    try (Writer out =
        new OutputStreamWriter(Content.Sink.asOutputStream(response), StandardCharsets.UTF_8)) {
      out.write(head.substring(0, head.length() - 1) + ",\"events\":[");
      String between = "\n";
      for (String line : all.lines()) {
        out.write(between + line);
        between = ",\n";
      }
      out.write("\n]}\n");
    } catch (IOException e) {
      callback.failed(e);
      return;
    }
    callback.succeeded();
  }

  private static void replay(Path file, Request request, Response response, Callback callback) {
    try {
      long size = Files.size(file);
      download(response, "application/octet-stream", "session");
      response.getHeaders().put(new HttpField(HttpHeader.CONTENT_LENGTH, Long.toString(size)));
    } catch (IOException e) {
      Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      return;
    }
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      Files.copy(file, out);
    } catch (IOException e) {
      callback.failed(e);
      return;
    }
    callback.succeeded();
  }

  private static void download(Response response, String type, String name) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }
}
