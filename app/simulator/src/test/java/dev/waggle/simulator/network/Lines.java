package dev.waggle.simulator.network;

import dev.waggle.simulator.engine.EventQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Hosts and pipes between them, for tests of what the network does to bytes. */
final class Lines {
  static final long MILLI = 1_000_000;
  static final int MBIT = 125_000;

  final EventQueue queue = new EventQueue();
  final Network network;

  Lines(long latencyNanos, double jitter) {
    NetworkModel model = new NetworkModel((from, to) -> latencyNanos, jitter, Tcp.LINUX, 0);
    network = new Network(queue, model, new SplittableRandom(1));
  }

  Host host(long up, long down) {
    Host host = network.addHost(new HostSettings(0, up, down, true));
    host.start();
    return host;
  }

  Flow flow(Host from, Host to) {
    return new Flow(from, to);
  }

  /** A pipe and what has come out of it. */
  final class Flow implements Pipe.Ends {
    final Pipe pipe;
    final List<Object> received = new ArrayList<>();
    final List<Long> receivedNanos = new ArrayList<>();
    long receivedBytes;
    int drained;

    Flow(Host from, Host to) {
      pipe = new Pipe(network, from, to, this);
    }

    /** Offers so many bytes in parts, each of which stands for its own length. */
    void offer(int bytes, int partBytes) {
      for (int left = bytes; left > 0; left -= partBytes) {
        int part = Math.min(left, partBytes);
        pipe.offer(part, part, queue.nowNanos());
      }
    }

    double megabitsSince(long nanos) {
      return receivedBytes * 8.0 / ((queue.nowNanos() - nanos) / 1e3);
    }

    @Override
    public void heard() {}

    @Override
    public void received(Object content) {
      received.add(content);
      receivedNanos.add(queue.nowNanos());
      if (content instanceof Integer bytes) {
        receivedBytes += bytes;
      }
    }

    @Override
    public void drained() {
      drained++;
    }
  }
}
