package dev.waggle.operator.control;

import tools.jackson.databind.JsonNode;

/**
 * A parameter of a method.
 *
 * @param meaning a few words
 */
record Param(String name, Type type, boolean required, String meaning) {
  /** What a parameter may be. */
  enum Type {
    STRING("string") {
      @Override
      boolean admits(JsonNode value) {
        return value.isString();
      }
    },
    NUMBER("whole number") {
      @Override
      boolean admits(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong();
      }
    },
    STRING_OR_NUMBER("string or whole number") {
      @Override
      boolean admits(JsonNode value) {
        return STRING.admits(value) || NUMBER.admits(value);
      }
    };

    private final String words;

    Type(String words) {
      this.words = words;
    }

    abstract boolean admits(JsonNode value);

    String words() {
      return words;
    }
  }

  static Param required(String name, Type type, String meaning) {
    return new Param(name, type, true, meaning);
  }

  static Param optional(String name, Type type, String meaning) {
    return new Param(name, type, false, meaning);
  }
}
