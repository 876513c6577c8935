package dev.waggle.operator.control;

/** Why a request came to nothing: the errors of JSON-RPC 2.0 §5.1, and ours behind -32000. */
public enum ErrorCode {
  /** It is no JSON. */
  PARSE_ERROR(-32700),
  /** It is JSON, but no request. */
  INVALID_REQUEST(-32600),
  /** There is no such method. */
  METHOD_NOT_FOUND(-32601),
  /** A parameter is missing, unknown, or not what is expected. */
  INVALID_PARAMS(-32602),
  /** A bug of ours, or the disk's fault; the log says more. */
  INTERNAL_ERROR(-32603),
  /** The node does not answer in time, or is ending. */
  NO_ANSWER(-32000),
  /** What is asked for is not here. */
  NOT_FOUND(-32001),
  /** The node does not do it. */
  REFUSED(-32002);

  private final int number;

  ErrorCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
