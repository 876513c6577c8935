package dev.waggle.dns;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/**
 * One look-up of one zone: four questions at once, and two more for each of two services whose
 * addresses did not come along. What one question does not find, another may.
 */
final class SeedLookUp {
  /** Questions for one zone: TXT, SRV, A, AAAA, and the addresses of two services. */
  static final int MAX_QUESTIONS = 8;

  /** Nodes taken of one zone. */
  static final int MAX_NODES = 256;

  private static final int MAX_TARGETS = (MAX_QUESTIONS - 4) / 2;

  private final DnsClient client;
  private final Name zone;

  /** Of the questions that failed, what the servers did. */
  private final Map<String, String> failures = new ConcurrentSkipListMap<>();

  SeedLookUp(DnsClient client, Name zone) {
    this.client = client;
    this.zone = zone;
  }

  /**
   * Asks, and waits for what comes before the client's deadline.
   *
   * @return each endpoint once: the pinned ones first, then services, then the zone's own addresses
   * @throws IOException if there are none, and not because all answers say so
   */
  List<SeedNode> nodes() throws IOException {
    Map<IpEndpoint, SeedNode> nodes = new LinkedHashMap<>();
    for (List<SeedNode> found : ask()) {
      for (SeedNode node : found) {
        if (nodes.size() < MAX_NODES) {
          nodes.putIfAbsent(node.endpoint(), node);
        }
      }
    }
    if (nodes.isEmpty() && !failures.isEmpty()) {
      throw new IOException("no seeds from " + zone.toString(true) + ": " + words(failures));
    }
    return List.copyOf(nodes.values());
  }

  private List<List<SeedNode>> ask() throws IOException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return inParallel(
          threads,
          List.of(
              () -> ask(zone, Type.TXT, answer -> SeedAnswers.pins(answer, zone)),
              () -> services(threads),
              () -> nodes(addresses(zone, Type.A), SeedNames.DEFAULT_PORT),
              () -> nodes(addresses(zone, Type.AAAA), SeedNames.DEFAULT_PORT)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the look-up of " + zone.toString(true) + " was interrupted", e);
    }
  }

  private List<SeedNode> services(ExecutorService threads) throws InterruptedException {
    Map<SRVRecord, List<IpAddress>> services = new LinkedHashMap<>();
    Name name = SeedNames.service(zone);
    ask(
        name,
        Type.SRV,
        answer -> {
          List<SRVRecord> records = SeedAnswers.services(answer, name);
          records.stream()
              .limit(MAX_NODES)
              .forEach(
                  service ->
                      services.put(service, SeedAnswers.additional(answer, service.getTarget())));
          return records;
        });

    List<Name> targets =
        services.entrySet().stream()
            .filter(service -> service.getValue().isEmpty())
            .map(service -> service.getKey().getTarget())
            .distinct()
            .limit(MAX_TARGETS)
            .toList();
    List<Callable<List<IpAddress>>> questions = new ArrayList<>();
    for (Name target : targets) {
      questions.add(() -> addresses(target, Type.A));
      questions.add(() -> addresses(target, Type.AAAA));
    }
    List<List<IpAddress>> answers = inParallel(threads, questions);

    List<SeedNode> nodes = new ArrayList<>();
    services.forEach(
        (service, additional) -> {
          nodes.addAll(nodes(additional, service.getPort()));
          int target = targets.indexOf(service.getTarget());
          if (target >= 0) {
            nodes.addAll(nodes(answers.get(2 * target), service.getPort()));
            nodes.addAll(nodes(answers.get(2 * target + 1), service.getPort()));
          }
        });
    return nodes;
  }

  private List<IpAddress> addresses(Name name, int type) {
    return ask(name, type, answer -> SeedAnswers.addresses(answer, name, type));
  }

  private static List<SeedNode> nodes(List<IpAddress> addresses, int port) {
    return addresses.stream()
        .limit(MAX_NODES)
        .map(address -> new SeedNode(new IpEndpoint(address, port), null))
        .toList();
  }

  /** What {@code read} finds in the answer; nothing if there is none, and then a failure stands. */
  private <T> List<T> ask(Name name, int type, Function<Message, List<T>> read) {
    try {
      return read.apply(client.ask(name, type));
    } catch (IOException e) {
      failures.put(Type.string(type) + " of " + name.toString(true), e.getMessage());
      return List.of();
    }
  }

  /** Waits for all; the client's deadline ends each of them. */
  private static <T> List<T> inParallel(ExecutorService threads, List<Callable<T>> tasks)
      throws InterruptedException {
    List<T> results = new ArrayList<>();
    for (Future<T> task : threads.invokeAll(tasks)) {
      try {
        results.add(task.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a look-up in the DNS has a bug", e.getCause());
      }
    }
    return results;
  }

  /** Each reason once, with the questions that failed for it. */
  private static String words(Map<String, String> failures) {
    Map<String, List<String>> questions = new LinkedHashMap<>();
    failures.forEach(
        (question, reason) ->
            questions.computeIfAbsent(reason, first -> new ArrayList<>()).add(question));
    return questions.entrySet().stream()
        .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
        .collect(Collectors.joining("; "));
  }
}
