package dev.waggle.operator.control;

import dev.waggle.operator.control.RpcMethod.Answer;
import dev.waggle.ports.operator.NodeControl;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.event.Level;

/** What is asked of the node and its process as a whole. */
final class NodeMethods {
  private static final String LEVELS =
      Arrays.stream(Level.values()).map(NodeMethods::word).collect(Collectors.joining(", "));

  private final ControlledNode node;
  private final NodeControl control;
  private final Patience patience;

  NodeMethods(ControlledNode node, Patience patience) {
    this.node = node;
    this.control = node.control();
    this.patience = patience;
  }

  List<RpcMethod> all() {
    return List.of(
        new RpcMethod(
            "status",
            List.of(),
            "the node: chain, peers, whether others can dial it, traffic, load",
            this::status),
        new RpcMethod("log-level.get", List.of(), "what goes to the log", this::getLogLevel),
        new RpcMethod(
            "log-level.set",
            List.of(Param.required("level", Param.Type.STRING, "one of " + LEVELS)),
            "changes what goes to the log until the node ends",
            this::setLogLevel),
        new RpcMethod("stop", List.of(), "ends the node in good order", this::stop));
  }

  private Answer status(Params params) throws RpcFailed, InterruptedException {
    return Answer.of(StatusView.of(node.about(), node.chain(), patience.await(control.status())));
  }

  private Answer getLogLevel(Params params) {
    return Answer.of(new LogLevel(word(node.logLevel())));
  }

  private Answer setLogLevel(Params params) throws RpcFailed {
    Level level = params.parsed("level", NodeMethods::level);
    node.logLevel(level);
    return Answer.of(new LogLevel(word(level)));
  }

  private static Level level(String word) {
    return Arrays.stream(Level.values())
        .filter(level -> word(level).equals(word))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("expected one of " + LEVELS));
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  /** The node ends once its answer is sent, or nobody would get it. */
  private Answer stop(Params params) {
    return new Answer(new Stopping(true, ProcessHandle.current().pid()), node::stop);
  }

  record LogLevel(String level) {}

  record Stopping(boolean stopping, long pid) {}
}
