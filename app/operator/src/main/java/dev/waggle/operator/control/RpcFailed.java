package dev.waggle.operator.control;

/** A request that comes to nothing; the message is for whoever has sent it. */
final class RpcFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  RpcFailed(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static RpcFailed invalidParams(String message) {
    return new RpcFailed(ErrorCode.INVALID_PARAMS, message);
  }

  ErrorCode code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
