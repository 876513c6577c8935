package dev.waggle.simulator.faults;

import java.util.List;
import java.util.stream.Collectors;

/** Some of the nodes of a run. */
public sealed interface Nodes {
  boolean contains(int node);

  /** As it stands in a table. */
  String text();

  static Nodes of(Integer... numbers) {
    return new Numbered(List.of(numbers));
  }

  /** These, counted from 0. */
  record Numbered(List<Integer> numbers) implements Nodes {
    public Numbered {
      numbers = List.copyOf(numbers);
    }

    @Override
    public boolean contains(int node) {
      return numbers.contains(node);
    }

    @Override
    public String text() {
      return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
  }

  /** So many of each hundred, evenly spread over the numbers. */
  record Share(double percent) implements Nodes {
    @Override
    public boolean contains(int node) {
      return Math.floor((node + 1) * percent / 100) > Math.floor(node * percent / 100);
    }

    @Override
    public String text() {
      return percent + "%";
    }
  }
}
