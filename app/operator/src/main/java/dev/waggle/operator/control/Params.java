package dev.waggle.operator.control;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a request gives a method: all that it must, and nothing else, each of its type. */
final class Params {
  private final ObjectNode given;

  private Params(ObjectNode given) {
    this.given = given;
  }

  /** Lets through what fits. */
  static Params of(ObjectNode given, List<Param> known) throws RpcFailed {
    for (String name : given.propertyNames()) {
      if (known.stream().noneMatch(param -> param.name().equals(name))) {
        throw RpcFailed.invalidParams("there is no parameter '" + name + "': " + listed(known));
      }
    }
    for (Param param : known) {
      JsonNode value = given.get(param.name());
      if (value == null && param.required()) {
        throw RpcFailed.invalidParams(param.name() + " is missing: " + param.meaning());
      }
      if (value != null && !param.type().admits(value)) {
        throw RpcFailed.invalidParams(
            param.name() + " is a " + param.type().words() + ": " + param.meaning());
      }
    }
    return new Params(given);
  }

  private static String listed(List<Param> known) {
    return known.isEmpty()
        ? "there are none"
        : known.stream().map(Param::name).collect(Collectors.joining(", ", "expected ", ""));
  }

  boolean has(String name) {
    return given.has(name);
  }

  /** A required string; or a number, as one writes it. */
  String text(String name) {
    return given.path(name).asString();
  }

  Optional<String> optionalText(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  OptionalLong optionalNumber(String name) {
    return has(name) ? OptionalLong.of(given.path(name).longValue()) : OptionalLong.empty();
  }

  /**
   * A required string, parsed.
   *
   * @param parser throws IllegalArgumentException, whose message says what is expected
   */
  <T> T parsed(String name, Function<String, T> parser) throws RpcFailed {
    try {
      return parser.apply(text(name));
    } catch (IllegalArgumentException e) {
      throw RpcFailed.invalidParams(name + ": " + e.getMessage());
    }
  }
}
