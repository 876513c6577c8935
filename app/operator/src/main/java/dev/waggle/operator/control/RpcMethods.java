package dev.waggle.operator.control;

import dev.waggle.operator.control.RpcMethod.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that can be asked for, by name. Safe from any thread. */
final class RpcMethods {
  private static final Logger log = LoggerFactory.getLogger(RpcMethods.class);

  private final Map<String, RpcMethod> byName = new LinkedHashMap<>();

  RpcMethods(ControlledNode node, Patience patience) {
    List<RpcMethod> all = new ArrayList<>();
    all.addAll(new NodeMethods(node, patience).all());
    all.addAll(new PeerMethods(node, patience).all());
    all.addAll(new ChainMethods(node, patience).all());
    all.add(new RpcMethod("methods", List.of(), "this list", this::list));
    all.sort(Comparator.comparing(RpcMethod::name));
    all.forEach(method -> byName.put(method.name(), method));
  }

  List<RpcMethod> all() {
    return List.copyOf(byName.values());
  }

  /** Does what a request asks for, on a thread that may be blocked. */
  Answer answer(RpcRequest request) throws RpcFailed, InterruptedException {
    RpcMethod method = byName.get(request.method());
    if (method == null) {
      throw new RpcFailed(
          ErrorCode.METHOD_NOT_FOUND, "there is no such method; \"methods\" lists those there are");
    }
    Params params = Params.of(request.params(), method.params());
    try {
      return method.call().answer(params);
    } catch (IllegalArgumentException e) {
      throw RpcFailed.invalidParams(String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      log.debug("{} while the node ends", method.name(), e);
      throw new RpcFailed(ErrorCode.NO_ANSWER, "the node is ending");
    } catch (IOException e) {
      throw new RpcFailed(ErrorCode.INTERNAL_ERROR, "the chain cannot be read: " + e.getMessage());
    } catch (RuntimeException e) {
      log.error("control: {} failed", method.name(), e);
      throw new RpcFailed(ErrorCode.INTERNAL_ERROR, "a bug; the log says more");
    }
  }

  private Answer list(Params none) {
    return Answer.of(byName.values().stream().map(MethodView::of).toList());
  }

  record MethodView(String name, String meaning, List<ParamView> params) {
    private static MethodView of(RpcMethod method) {
      return new MethodView(
          method.name(), method.meaning(), method.params().stream().map(ParamView::of).toList());
    }
  }

  record ParamView(String name, String type, boolean required, String meaning) {
    private static ParamView of(Param param) {
      return new ParamView(param.name(), param.type().words(), param.required(), param.meaning());
    }
  }
}
