package dev.waggle.operator.control;

import java.io.IOException;
import java.util.List;

/**
 * Something that can be asked for.
 *
 * @param name as the command that asks for it, with dots between its words
 * @param meaning a few words
 */
record RpcMethod(String name, List<Param> params, String meaning, Call call) {
  /** Does it. */
  @FunctionalInterface
  interface Call {
    /**
     * Answers, on a thread that may be blocked.
     *
     * @throws IllegalArgumentException if a parameter is at fault, as the message says
     * @throws IllegalStateException if the node is closed
     */
    Answer answer(Params params) throws RpcFailed, IOException, InterruptedException;
  }

  /**
   * An answer.
   *
   * @param result records, lists, strings and numbers, which become JSON
   * @param afterwards to be done once it is sent
   */
  record Answer(Object result, Runnable afterwards) {
    static Answer of(Object result) {
      return new Answer(result, () -> {});
    }
  }
}
