package dev.waggle.operator.control;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request of JSON-RPC 2.0 §4: one object, strictly read. Batches (§6) are refused, for each of
 * their answers may be large.
 *
 * @param id null if nobody waits for an answer: a notification
 * @param params by name; empty if there are none
 */
record RpcRequest(@Nullable JsonNode id, String method, ObjectNode params) {
  private static final String VERSION = "2.0";
  private static final List<String> MEMBERS = List.of("jsonrpc", "id", "method", "params");
  private static final int MAX_ID_LENGTH = 128;

  /** What was read; its id is what an answer must bear, and JSON's null if there is none. */
  sealed interface Read {
    JsonNode id();

    record Whole(JsonNode id, RpcRequest request) implements Read {}

    record Broken(JsonNode id, RpcFailed why) implements Read {}
  }

  boolean isNotification() {
    return id == null;
  }

  static Read read(byte[] body) {
    JsonNode unknown = JsonNodeFactory.instance.nullNode();
    try {
      JsonNode json = Json.MAPPER.readTree(body);
      if (json.isArray()) {
        throw invalid("batches are not taken: send one request at a time");
      }
      if (!(json instanceof ObjectNode object)) {
        throw invalid("a request is a JSON object");
      }
      JsonNode id = object.get("id");
      requireId(id);
      JsonNode answered = id == null ? unknown : id;
      try {
        return new Read.Whole(answered, of(object, id));
      } catch (RpcFailed e) {
        return new Read.Broken(answered, e);
      }
    } catch (JacksonException e) {
      String why = "no JSON, or more of it than is taken: " + e.getOriginalMessage();
      return new Read.Broken(unknown, new RpcFailed(ErrorCode.PARSE_ERROR, why));
    } catch (RpcFailed e) {
      return new Read.Broken(unknown, e);
    }
  }

  private static void requireId(@Nullable JsonNode id) throws RpcFailed {
    boolean valid =
        id == null
            || id.isNull()
            || (id.isIntegralNumber() && id.canConvertToLong())
            || (id.isString() && id.stringValue().length() <= MAX_ID_LENGTH);
    if (!valid) {
      throw invalid("id is a whole number, null, or a string of at most 128 characters");
    }
  }

  private static RpcRequest of(ObjectNode object, @Nullable JsonNode id) throws RpcFailed {
    for (String name : object.propertyNames()) {
      if (!MEMBERS.contains(name)) {
        throw invalid("a request has jsonrpc, id, method and params, and no '" + name + "'");
      }
    }
    JsonNode version = object.get("jsonrpc");
    if (version == null || !version.isString() || !version.stringValue().equals(VERSION)) {
      throw invalid("expected \"jsonrpc\": \"2.0\"");
    }
    JsonNode method = object.get("method");
    if (method == null || !method.isString()) {
      throw invalid("expected \"method\": and its name, a string");
    }
    return new RpcRequest(id, method.stringValue(), params(object.get("params")));
  }

  private static ObjectNode params(@Nullable JsonNode params) throws RpcFailed {
    if (params == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!(params instanceof ObjectNode named)) {
      throw RpcFailed.invalidParams("parameters have names: expected an object");
    }
    return named;
  }

  private static RpcFailed invalid(String why) {
    return new RpcFailed(ErrorCode.INVALID_REQUEST, why);
  }
}
