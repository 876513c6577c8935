package dev.waggle.operator.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.operator.server.WebServer;
import dev.waggle.ports.operator.ConnectResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class JsonRpcTest {
  private static final Patience SHORT =
      new Patience(Duration.ofMillis(300), Duration.ofSeconds(30));

  @TempDir Path folder;
  private final FakeNode node = new FakeNode();
  private @Nullable WebServer server;

  private Path file() {
    return folder.resolve("s");
  }

  @BeforeEach
  void start() throws IOException {
    serve(Patience.DEFAULT);
  }

  private void serve(Patience patience) throws IOException {
    stop();
    server = WebServer.onSocket(file(), ControlServer.handler(node, patience, Gate.FILE_MODE));
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private JsonNode sent(String body) throws IOException {
    try (Wire wire = Wire.to(file())) {
      return wire.post(body).json();
    }
  }

  private JsonNode result(String method, String params) throws IOException {
    JsonNode answer = sent(request(method, params));
    assertThat(answer.has("error")).as("%s", answer).isFalse();
    return answer.get("result");
  }

  private static String request(String method, String params) {
    return ("{'jsonrpc':'2.0','id':1,'method':'" + method + "','params':" + params + "}")
        .replace('\'', '"');
  }

  @Test
  void status_saysWhatTheNodeIs() throws IOException {
    JsonNode status = result("status", "{}");
    assertThat(status.at("/peerId").asString()).isEqualTo(FakeNode.SELF.hex());
    assertThat(status.at("/network").asString()).isEqualTo("waggle-test");
    assertThat(status.at("/uptimeMillis").asLong()).isEqualTo(3_600_000);
    assertThat(status.at("/peers/outbound").asLong()).isEqualTo(1);
    assertThat(status.at("/peers/inbound").asLong()).isZero();
    assertThat(status.at("/peers/punched").asLong()).isEqualTo(1);
    assertThat(status.at("/reach/state").asString()).isEqualTo("reachable");
    assertThat(status.at("/chain/height").asLong()).isZero();
    assertThat(status.at("/gossip/duplicates").asLong()).isEqualTo(4);
    assertThat(status.at("/load/busyMillis").asLong()).isEqualTo(36_000);
    assertThat(status.at("/traffic/messages/block/receivedBytes").asLong()).isEqualTo(2500);
  }

  @Test
  void peers_haveTheirNumbers() throws IOException {
    JsonNode peer = result("peers", "{}").at("/peers/0");
    assertThat(peer.at("/punched").asBoolean()).isTrue();
    assertThat(peer.at("/address").asString()).isEqualTo("192.0.2.7:9000");
    assertThat(peer.at("/direction").asString()).isEqualTo("outbound");
    assertThat(peer.at("/pingMillis").asDouble()).isEqualTo(1.5);
    assertThat(peer.at("/transactionAgoMillis").isNull()).isTrue();
    assertThat(peer.at("/blockAgoMillis").asLong()).isEqualTo(9000);
    assertThat(peer.at("/traffic/sentMessages").asLong()).isEqualTo(1);
  }

  @Test
  void peers_sayFirstWhetherOthersCanDialTheNode() throws IOException {
    assertThat(result("peers", "{}").at("/reach").toString())
        .isEqualTo(
            """
            {'state':'reachable',
            'addresses':[{'address':'203.0.113.7:9000','source':'mapped','state':'reachable'}],
            'mappings':[{'method':'natpmp','router':'192.168.1.1','address':'203.0.113.7:9000',
            'leftMillis':4320000}],
            'punches':{'begun':4,'linked':1,'failed':2,'relayed':3}}"""
                .replace("\n", "")
                .replace('\'', '"'));
  }

  @Test
  void connect_saysWhatTheFirstAttemptCameTo() throws IOException {
    assertThat(result("connect", "{'address':'192.0.2.7:9000'}").toString())
        .isEqualTo("{\"linked\":false,\"peerId\":null,\"reason\":\"nobody is there\"}");
    node.connectResult = new ConnectResult.Linked(FakeNode.peerInfo());
    String pinned = FakeNode.peer(2).hex() + "@192.0.2.7:9000";
    assertThat(result("connect", "{'address':'" + pinned + "'}").at("/peerId").asString())
        .isEqualTo(FakeNode.peer(2).hex());
    assertThat(node.asked).containsExactly("connect 192.0.2.7:9000", "connect " + pinned);
  }

  @Test
  void disconnect_takesAPeerIdOrAnAddress() throws IOException {
    String id = FakeNode.peer(2).hex();
    assertThat(result("disconnect", "{'peer':'" + id + "'}").at("/ended").asLong()).isEqualTo(1);
    assertThat(result("disconnect", "{'peer':'[2001:db8::1]:9000'}").at("/ended").asLong())
        .isEqualTo(2);
    assertThat(node.asked).containsExactly("disconnect " + id, "disconnect [2001:db8::1]:9000");
  }

  @Test
  void bans_areAddedListedAndRemoved_andThereIsAnEnd() throws IOException {
    result("ban.add", "{'subject':'192.0.2.0/24','seconds':60,'reason':'noise'}");
    result("ban.add", "{'subject':'" + FakeNode.peer(3).hex() + "'}");
    assertThat(result("ban.list", "{}").at("/bans/0").toString())
        .isEqualTo(
            "{\"subject\":\"192.0.2.0/24\",\"kind\":\"operator\",\"secondsLeft\":60,\"reason\":\"noise\"}");
    assertThat(result("ban.list", "{}").at("/bans/1/secondsLeft").asLong()).isEqualTo(86_400);
    assertThat(sent(request("ban.add", "{'subject':'192.0.2.9'}")).at("/error/code").asInt())
        .isEqualTo(ErrorCode.REFUSED.number());
    assertThat(result("ban.remove", "{'subject':'192.0.2.0/24'}").at("/removed").asBoolean())
        .isTrue();
    assertThat(result("ban.remove", "{'subject':'192.0.2.0/24'}").at("/removed").asBoolean())
        .isFalse();
  }

  @Test
  void addresses_areAllThere_thoseFirstThatTheNodeWasLinkedWith() throws IOException {
    node.known = FakeNode.addresses(40_000).reversed();
    JsonNode all = result("addresses", "{}");
    assertThat(all.at("/addresses").size()).isEqualTo(40_000);
    assertThat(all.at("/addresses/0").toString())
        .isEqualTo(
            ("{'address':'10.0.0.0:9000','tried':true,'peerId':'"
                    + FakeNode.peer(2).hex()
                    + "','linkedSecondsAgo':5,'dialledSecondsAgo':null,'seenSecondsAgo':60,"
                    + "'failures':0,'source':'11.0.0.0'}")
                .replace('\'', '"'));
    JsonNode some = result("addresses", "{'limit':2}");
    assertThat(some.at("/known").asInt()).isEqualTo(40_000);
    assertThat(some.at("/addresses").size()).isEqualTo(2);
  }

  @Test
  void aTransaction_isSentAndShown() throws IOException {
    String id = result("tx.send", "{'text':'h\u00e9'}").at("/id").asString();
    JsonNode shown = result("tx.show", "{'id':'" + id + "'}");
    assertThat(shown.at("/memo").asString()).isEqualTo("68c3a9");
    assertThat(shown.at("/block").isNull()).isTrue();
    assertThat(shown.at("/confirmations").asLong()).isZero();
    String other = result("tx.send", "{'hex':'00ff'}").at("/id").asString();
    assertThat(result("tx.show", "{'id':'" + other + "'}").at("/memo").asString())
        .isEqualTo("00ff");
    assertThat(result("status", "{}").at("/chain/pending").asInt()).isEqualTo(2);
  }

  @Test
  void aBlock_isShownByHeightHashOrAsTheTip() throws IOException {
    JsonNode tip = result("block.show", "{'block':'tip'}");
    assertThat(tip.at("/height").asLong()).isZero();
    assertThat(tip.at("/inMainChain").asBoolean()).isTrue();
    assertThat(tip.at("/confirmations").asLong()).isEqualTo(1);
    String hash = tip.at("/hash").asString();
    for (String block : List.of("0", "'0'", "'" + hash + "'")) {
      assertThat(result("block.show", "{'block':" + block + "}")).isEqualTo(tip);
    }
  }

  @Test
  void theLogLevel_isReadAndChanged() throws IOException {
    assertThat(result("log-level.get", "{}").at("/level").asString()).isEqualTo("info");
    result("log-level.set", "{'level':'debug'}");
    assertThat(result("log-level.get", "{}").at("/level").asString()).isEqualTo("debug");
  }

  @Test
  void stop_isAnsweredBeforeTheNodeEnds() throws Exception {
    assertThat(result("stop", "{}").at("/pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    node.stopped.await();
  }

  @Test
  void methods_areTheOnesThatThereAre() throws IOException {
    JsonNode methods = result("methods", "{}");
    assertThat(methods.size()).isEqualTo(new RpcMethods(node, SHORT).all().size());
    assertThat(methods.at("/0/name").asString()).isEqualTo("addresses");
    assertThat(methods.at("/0/params/0/required").asBoolean()).isFalse();
  }

  @Test
  void aNotification_isDone_andNotAnswered() throws Exception {
    try (Wire wire = Wire.to(file())) {
      wire.post("{\"jsonrpc\":\"2.0\",\"method\":\"stop\"}");
      assertThat(wire.rest()).startsWith("HTTP/1.1 204").endsWith("\r\n\r\n");
    }
    node.stopped.await();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "|-32600|null|a request is a JSON object",
        "{|-32700|null|no JSON",
        "{} {}|-32700|null|no JSON",
        "nonsense|-32700|null|no JSON",
        "{'a':{'b':{'c':{}}}}|-32700|null|no JSON, or more of it than is taken",
        "{'id':1,'id':2}|-32700|null|no JSON",
        "[{'jsonrpc':'2.0','id':1,'method':'stop'}]|-32600|null|batches are not taken",
        "7|-32600|null|a request is a JSON object",
        "{}|-32600|null|expected `jsonrpc`: `2.0`",
        "{'jsonrpc':2.0,'id':'a','method':'stop'}|-32600|'a'|expected `jsonrpc`: `2.0`",
        "{'jsonrpc':'2.0','id':1.5,'method':'stop'}|-32600|null|id is",
        "{'jsonrpc':'2.0','id':{},'method':'stop'}|-32600|null|id is",
        "{'jsonrpc':'2.0','id':1}|-32600|1|expected `method`",
        "{'jsonrpc':'2.0','id':1,'method':7}|-32600|1|expected `method`",
        "{'jsonrpc':'2.0','id':1,'method':'stop','more':1}|-32600|1|and no 'more'",
        "{'jsonrpc':'2.0','id':1,'method':'halt'}|-32601|1|there is no such method",
        "{'jsonrpc':'2.0','id':1,'method':'connect','params':['a:1']}|-32602|1|parameters have names",
        "{'jsonrpc':'2.0','id':1,'method':'connect'}|-32602|1|address is missing: host:port",
        "{'jsonrpc':'2.0','id':1,'method':'connect','params':{'address':1}}|-32602|1|address is a string",
        "{'jsonrpc':'2.0','id':1,'method':'connect','params':{'address':'a'}}|-32602|1|address: ",
        "{'jsonrpc':'2.0','id':1,'method':'stop','params':{'now':true}}|-32602|1|there are none",
        "{'jsonrpc':'2.0','id':1,'method':'disconnect','params':{'peer':'ab'}}|-32602|1|peer: ",
        "{'jsonrpc':'2.0','id':1,'method':'ban.add','params':{'subject':'x'}}|-32602|1|subject: ",
        "{'jsonrpc':'2.0','id':1,'method':'ban.add','params':{'subject':'192.0.2.1','seconds':0}}|-32602|1|seconds",
        "{'jsonrpc':'2.0','id':1,'method':'ban.add','params':{'subject':'192.0.2.1','seconds':99999999999}}|-32602|1|seconds",
        "{'jsonrpc':'2.0','id':1,'method':'ban.add','params':{'subject':'192.0.2.1','reason':''}}|-32602|1|the reason",
        "{'jsonrpc':'2.0','id':1,'method':'addresses','params':{'limit':-1}}|-32602|1|limit",
        "{'jsonrpc':'2.0','id':1,'method':'addresses','params':{'limit':1.5}}|-32602|1|limit",
        "{'jsonrpc':'2.0','id':1,'method':'block.show','params':{'block':'zz'}}|-32602|1|a height, a hash",
        "{'jsonrpc':'2.0','id':1,'method':'block.show','params':{'block':-1}}|-32602|1|a height, a hash",
        "{'jsonrpc':'2.0','id':1,'method':'block.show','params':{'block':12}}|-32001|1|there is no block 12",
        "{'jsonrpc':'2.0','id':1,'method':'tx.show','params':{'id':'00'}}|-32602|1|64 hexadecimal digits",
        "{'jsonrpc':'2.0','id':1,'method':'tx.send'}|-32602|1|one of both",
        "{'jsonrpc':'2.0','id':1,'method':'tx.send','params':{'hex':'0'}}|-32602|1|hex: ",
        "{'jsonrpc':'2.0','id':1,'method':'log-level.set','params':{'level':'loud'}}|-32602|1|one of error",
      })
  void whatIsWrong_isSaid_andNothingHappens(String body, int code, String id, String message)
      throws IOException {
    String json = body == null ? "" : body.replace('\'', '"').replace('`', '"');
    JsonNode answer = sent(json);
    assertThat(answer.at("/error/code").asInt()).isEqualTo(code);
    assertThat(answer.get("id").toString()).isEqualTo(id.replace('\'', '"'));
    assertThat(answer.at("/error/message").asString()).contains(message.replace('`', '"'));
    assertThat(node.stopped.getCount()).isEqualTo(1);
    assertThat(node.asked).isEmpty();
  }

  @Test
  void deepJson_isRefusedBeforeItIsRead() throws IOException {
    JsonNode answer = sent("[".repeat(100_000));
    assertThat(answer.at("/error/code").asInt()).isEqualTo(ErrorCode.PARSE_ERROR.number());
  }

  @Test
  void aMemoThatIsTooLong_isTheCallersFault() throws IOException {
    String memo = "00".repeat(60_263);
    assertThat(sent(request("tx.send", "{'hex':'" + memo + "'}")).at("/error/code").asInt())
        .isEqualTo(ErrorCode.INVALID_PARAMS.number());
    assertThat(result("tx.send", "{'hex':'" + memo.substring(2) + "'}").has("id")).isTrue();
  }

  @Test
  void aRequestThatIsTooLarge_isRefused() throws IOException {
    try (Wire wire = Wire.to(file())) {
      wire.send(
          "POST / HTTP/1.0\r\nHost: node\r\nContent-Length: "
              + (RpcHandler.MAX_REQUEST_BYTES + 1)
              + "\r\n\r\n");
      assertThat(wire.rest()).startsWith("HTTP/1.1 413");
    }
    try (Wire wire = Wire.to(file())) {
      wire.send("POST / HTTP/1.1\r\nHost: node\r\nTransfer-Encoding: chunked\r\n\r\n");
      int chunk = 64 * 1024;
      for (int sent = 0; sent < RpcHandler.MAX_REQUEST_BYTES; sent += chunk) {
        wire.send("10000\r\n" + " ".repeat(chunk) + "\r\n");
      }
      wire.send("1\r\n \r\n");
      assertThat(wire.rest()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void whatIsNoPost_isRefused() throws IOException {
    try (Wire wire = Wire.to(file())) {
      wire.send("GET / HTTP/1.0\r\nHost: node\r\n\r\n");
      assertThat(wire.rest()).startsWith("HTTP/1.1 405").contains("Allow: POST");
    }
    try (Wire wire = Wire.to(file())) {
      wire.send("POST /other HTTP/1.0\r\nHost: node\r\n\r\n");
      assertThat(wire.rest()).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void aNodeThatDoesNotAnswer_isNotWaitedForForEver() throws IOException {
    serve(SHORT);
    node.stalls = true;
    JsonNode answer = sent(request("status", "{}"));
    assertThat(answer.at("/error/code").asInt()).isEqualTo(ErrorCode.NO_ANSWER.number());
    assertThat(answer.at("/error/message").asString())
        .isEqualTo("the node has not answered within 300 ms");
  }

  @Test
  void aNodeThatIsClosed_isSaidToEnd() throws IOException {
    node.closed = true;
    JsonNode answer = sent(request("status", "{}"));
    assertThat(answer.at("/error/code").asInt()).isEqualTo(ErrorCode.NO_ANSWER.number());
    assertThat(answer.at("/error/message").asString()).isEqualTo("the node is ending");
  }

  @Test
  void aRequestThatDoesNotArrive_isGivenUp() throws IOException {
    serve(SHORT);
    try (Wire wire = Wire.to(file())) {
      wire.send("POST / HTTP/1.0\r\nHost: node\r\nContent-Length: 50\r\n\r\n{");
      assertThat(wire.rest()).startsWith("HTTP/1.1 408");
    }
  }

  /** As many as the server has threads, and more: each of them waits on one that costs nothing. */
  @Test
  void clientsThatHang_keepNobodyElseWaiting() throws IOException {
    List<Wire> hanging = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        hanging.add(
            Wire.to(file()).send("POST / HTTP/1.0\r\nHost: node\r\nContent-Length: 50\r\n\r\n{"));
      }
      assertThat(result("log-level.get", "{}").has("level")).isTrue();
    } finally {
      for (Wire wire : hanging) {
        wire.close();
      }
    }
  }

  @Test
  void soManyAreAnsweredAtATime_andNoMore() throws Exception {
    serve(SHORT);
    node.stalls = true;
    List<Wire> waiting = new ArrayList<>();
    try {
      List<CompletableFuture<ConnectResult>> dials = new ArrayList<>();
      for (int i = 0; i < RpcHandler.MAX_ANSWERS; i++) {
        waiting.add(Wire.to(file()).post(request("connect", "{'address':'192.0.2.7:9000'}")));
        dials.add(node.dials.take());
      }
      JsonNode answer = sent(request("log-level.get", "{}"));
      assertThat(answer.at("/error/code").asInt()).isEqualTo(ErrorCode.NO_ANSWER.number());
      assertThat(answer.at("/error/message").asString()).contains("too many requests");
      dials.forEach(dial -> dial.complete(new ConnectResult.Failed("nobody")));
      for (Wire wire : waiting) {
        assertThat(wire.json().at("/result/reason").asString()).isEqualTo("nobody");
      }
      assertThat(result("log-level.get", "{}").has("level")).isTrue();
    } finally {
      for (Wire wire : waiting) {
        wire.close();
      }
    }
  }
}
