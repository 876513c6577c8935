package dev.waggle.operator.control;

import dev.waggle.operator.control.Gate.Refusal;
import dev.waggle.operator.control.RpcMethod.Answer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import tools.jackson.databind.JsonNode;

/**
 * JSON-RPC 2.0 as the body of a POST to {@code /}. Whatever the request was, the answer's status is
 * 200, and 204 where nobody waits for one; only what is no request at all is refused by HTTP.
 *
 * <p>Runs on virtual threads, each of which waits for its client and for the node. Few answers are
 * in memory at a time, since one of them may have tens of thousands of addresses.
 */
final class RpcHandler extends Handler.Abstract {
  /** A memo in hexadecimal digits, and room around it. */
  static final int MAX_REQUEST_BYTES = 256 * 1024;

  /** Requests that are answered at a time; others wait for their turn. */
  static final int MAX_ANSWERS = 8;

  private static final String VERSION = "2.0";
  private static final int BUFFER_BYTES = 32 * 1024;
  private static final Refusal WRONG_METHOD =
      new Refusal(
          HttpStatus.METHOD_NOT_ALLOWED_405, "expected POST, with a request of JSON-RPC 2.0");
  private static final Refusal TOO_LARGE =
      new Refusal(
          HttpStatus.PAYLOAD_TOO_LARGE_413,
          "a request has at most " + MAX_REQUEST_BYTES + " bytes");
  private static final Refusal TOO_SLOW =
      new Refusal(HttpStatus.REQUEST_TIMEOUT_408, "the request did not come in time");

  private final RpcMethods methods;
  private final Gate gate;
  private final Duration patience;
  private final Semaphore turns = new Semaphore(MAX_ANSWERS, true);

  /**
   * A handler.
   *
   * @param patience how long a request may take to arrive, and to wait for its turn
   */
  RpcHandler(RpcMethods methods, Gate gate, Duration patience) {
    this.methods = methods;
    this.gate = gate;
    this.patience = patience;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback)
      throws IOException, InterruptedException {
    if (!Request.getPathInContext(request).equals("/")) {
      return false;
    }
    Refusal refusal = gate.refusal(request);
    if (refusal == null && !request.getMethod().equals("POST")) {
      refusal = WRONG_METHOD;
    }
    if (refusal == null && request.getLength() > MAX_REQUEST_BYTES) {
      refusal = TOO_LARGE;
    }
    if (refusal != null) {
      refuse(refusal, response, callback);
      return true;
    }
    try {
      CompletableFuture<byte[]> body = new CompletableFuture<>();
      Content.Source.asByteArrayAsync(
          request, MAX_REQUEST_BYTES, Promise.Invocable.toPromise(body));
      RpcRequest.Read read = RpcRequest.read(body.get(patience.toNanos(), TimeUnit.NANOSECONDS));
      answer(read, response, callback);
    } catch (TimeoutException e) {
      request.fail(e);
      refuse(TOO_SLOW, response, callback);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalStateException) { // asByteArrayAsync's word for it
        refuse(TOO_LARGE, response, callback);
      } else {
        callback.failed(e.getCause() == null ? e : e.getCause());
      }
    }
    return true;
  }

  /** The connection ends with it: what else comes on it was not read. */
  private static void refuse(Refusal refusal, Response response, Callback callback) {
    response.setStatus(refusal.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    switch (refusal.status()) {
      case HttpStatus.UNAUTHORIZED_401 ->
          response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
      case HttpStatus.METHOD_NOT_ALLOWED_405 -> response.getHeaders().put(HttpHeader.ALLOW, "POST");
      default -> {}
    }
    Content.Sink.write(response, true, refusal.line() + "\n", callback);
  }

  private void answer(RpcRequest.Read read, Response response, Callback callback)
      throws IOException, InterruptedException {
    Runnable afterwards = () -> {};
    if (turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      try {
        Answer answer = answer(read);
        afterwards = answer.afterwards();
        send(read, answer.result(), response);
      } finally {
        turns.release();
      }
    } else {
      RpcFailed busy =
          new RpcFailed(ErrorCode.NO_ANSWER, "too many requests are answered at the moment");
      send(read, Failure.of(read.id(), busy), response);
    }
    callback.succeeded();
    afterwards.run();
  }

  /** With a {@link Success} or a {@link Failure}. */
  private Answer answer(RpcRequest.Read read) throws InterruptedException {
    return switch (read) {
      case RpcRequest.Read.Whole whole -> answer(whole);
      case RpcRequest.Read.Broken(JsonNode id, RpcFailed why) -> Answer.of(Failure.of(id, why));
    };
  }

  private Answer answer(RpcRequest.Read.Whole read) throws InterruptedException {
    try {
      Answer answer = methods.answer(read.request());
      return new Answer(new Success(VERSION, read.id(), answer.result()), answer.afterwards());
    } catch (RpcFailed e) {
      return Answer.of(Failure.of(read.id(), e));
    }
  }

  private static void send(RpcRequest.Read read, Object answer, Response response)
      throws IOException {
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    if (read instanceof RpcRequest.Read.Whole whole && whole.request().isNotification()) {
      response.setStatus(HttpStatus.NO_CONTENT_204);
      return;
    }
    response.setStatus(HttpStatus.OK_200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    OutputStream out =
        new BufferedOutputStream(Content.Sink.asOutputStream(response), BUFFER_BYTES);
    Json.MAPPER.writeValue(out, answer);
    out.write('\n');
    out.close(); // Only now: an answer that fails halfway must not look like a whole one.
  }

  record Success(String jsonrpc, JsonNode id, Object result) {}

  record Failure(String jsonrpc, JsonNode id, Why error) {
    record Why(int code, String message) {}

    private static Failure of(JsonNode id, RpcFailed failed) {
      return new Failure(VERSION, id, new Why(failed.code().number(), failed.text()));
    }
  }
}
