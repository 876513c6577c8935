package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.node.NameService;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class NameResolverTest {
  private static final InetAddress FOUND = InetAddress.ofLiteral("192.0.2.1");

  private final CountDownLatch nameServerIsBack = new CountDownLatch(1);
  private final Semaphore hanging = new Semaphore(0);
  private final BlockingQueue<String> lookUps = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
  private final Set<Endpoint> shut = ConcurrentHashMap.newKeySet();
  private NameResolver resolver = resolver(this::lookUp);

  private NameResolver resolver(NameService names) {
    return new NameResolver(names, shut::contains, told::add);
  }

  /** Names that begin with "slow" hang. */
  private List<InetAddress> lookUp(String name) throws UnknownHostException {
    lookUps.add(name);
    if (name.startsWith("slow")) {
      hanging.release();
      await(nameServerIsBack);
    }
    if (name.startsWith("unknown")) {
      throw new UnknownHostException(name);
    }
    return List.of(FOUND);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void end() {
    nameServerIsBack.countDown();
    resolver.close();
  }

  private CompletableFuture<List<Endpoint>> resolve(String host) {
    CompletableFuture<List<Endpoint>> found = new CompletableFuture<>();
    Runnable _ = resolver.resolve(new Endpoint(host, 9000), found::complete);
    return found;
  }

  private static List<Endpoint> get(CompletableFuture<List<Endpoint>> found) throws Exception {
    return found.get(60, TimeUnit.SECONDS);
  }

  @Test
  void addressThatIsShut_isLeftOut_whateverLeadsThere() throws Exception {
    Endpoint found = new Endpoint(FOUND.getHostAddress(), 9000);
    assertThat(get(resolve("some.example"))).containsExactly(found);
    assertThat(get(resolve(found.host()))).containsExactly(found);
    shut.add(found);
    assertThat(get(resolve("some.example"))).isEmpty();
    assertThat(get(resolve(found.host()))).isEmpty();
  }

  @Test
  void name_isLookedUpOnAnotherThread() throws Exception {
    CompletableFuture<String> thread = new CompletableFuture<>();
    Runnable _ =
        resolver.resolve(
            new Endpoint("some.example", 9000),
            _ -> thread.complete(Thread.currentThread().getName()));

    assertThat(thread.get(60, TimeUnit.SECONDS)).startsWith("waggle-resolver-");
    assertThat(get(resolve("some.example"))).containsExactly(new Endpoint("192.0.2.1", 9000));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "::1, 0:0:0:0:0:0:0:1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "fe80::1%1, fe80:0:0:0:0:0:0:1%1",
  })
  void literal_isAnsweredAtOnce(String host, String address) {
    assertThat(resolve(host)).isCompletedWithValue(List.of(new Endpoint(address, 9000)));
    assertThat(lookUps).isEmpty();
  }

  @Test
  void unknownName_hasNoAddress() throws Exception {
    assertThat(get(resolve("unknown.example"))).isEmpty();
  }

  /** Interfaces may be called what no endpoint can hold. */
  @Test
  void zoneOfAnAddress_becomesItsNumber() throws Exception {
    byte[] bytes = InetAddress.ofLiteral("fe80::1").getAddress();
    resolver = resolver(_ -> List.of(Inet6Address.getByAddress("a+b", bytes, 7)));

    assertThat(get(resolve("zone.example")))
        .containsExactly(new Endpoint("fe80:0:0:0:0:0:0:1%7", 9000));
  }

  @Test
  void lookUpsThatHang_holdNoOtherUp() throws Exception {
    for (int i = 1; i < NameResolver.THREADS; i++) {
      var _ = resolve("slow" + i + ".example");
    }
    hanging.acquire(NameResolver.THREADS - 1);

    assertThat(get(resolve("fast.example"))).hasSize(1);
    assertThat(get(resolve("unknown.example"))).isEmpty();
  }

  @Test
  void nameThatHangs_holdsOneThread_howeverOftenItIsAskedFor() throws Exception {
    List<CompletableFuture<List<Endpoint>>> asked = new ArrayList<>();
    for (int i = 0; i < 10 * NameResolver.THREADS; i++) {
      asked.add(resolve("slow.example"));
    }

    assertThat(get(resolve("fast.example"))).hasSize(1);
    nameServerIsBack.countDown();
    for (CompletableFuture<List<Endpoint>> found : asked) {
      assertThat(get(found)).hasSize(1);
    }
    assertThat(lookUps).containsExactlyInAnyOrder("slow.example", "fast.example");
  }

  @Test
  void nameThatIsAskedForAgain_isLookedUpAnew() throws Exception {
    get(resolve("some.example"));
    get(resolve("some.example"));

    assertThat(lookUps).hasSize(2);
  }

  @Test
  void whoStopsWaiting_hearsNothing() throws Exception {
    List<List<Endpoint>> heard = new ArrayList<>();
    Runnable stop = resolver.resolve(new Endpoint("slow.example", 9000), heard::add);
    CompletableFuture<List<Endpoint>> other = resolve("slow.example");

    stop.run();
    nameServerIsBack.countDown();

    assertThat(get(other)).hasSize(1);
    stop.run();
    assertThat(heard).isEmpty();
  }

  @Test
  void whateverALookUpThrows_isToldAndIsNoAddress() throws Exception {
    Error error = new StackOverflowError("thrown by a test");
    resolver =
        resolver(
            _ -> {
              throw error;
            });

    assertThat(get(resolve("any.example"))).isEmpty();
    assertThat(told).containsExactly(error);
  }

  @Test
  void whateverAnAnswerLeadsTo_isToldAndKeepsNobodyFromHearingIt() throws Exception {
    IllegalStateException bug = new IllegalStateException("thrown by a test");
    Runnable _ =
        resolver.resolve(
            new Endpoint("slow.example", 9000),
            _ -> {
              throw bug;
            });
    CompletableFuture<List<Endpoint>> other = resolve("slow.example");

    nameServerIsBack.countDown();

    assertThat(get(other)).hasSize(1);
    assertThat(told).containsExactly(bug);
  }

  @Test
  void closedResolver_knowsNoNames() throws Exception {
    resolver.close();

    assertThat(get(resolve("some.example"))).isEmpty();
    assertThat(lookUps).isEmpty();
  }
}
