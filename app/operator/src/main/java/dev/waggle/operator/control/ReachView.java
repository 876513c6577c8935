package dev.waggle.operator.control;

import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.operator.ReachStatus;
import java.util.List;
import java.util.Locale;

/**
 * Whether others can dial the node, as {@code status} and {@code peers} show it. The names are an
 * interface; fields may be added.
 */
record ReachView(
    String state,
    List<Address> addresses,
    List<MappingView> mappings,
    ReachStatus.Punches punches) {

  record Address(String address, String source, String state) {
    private static Address of(ReachStatus.Candidate candidate) {
      return new Address(
          candidate.endpoint().toString(), candidate.source().word(), candidate.state().word());
    }
  }

  record MappingView(String method, String router, String address, long leftMillis) {
    private static MappingView of(Mapping mapping) {
      return new MappingView(
          mapping.method().name().toLowerCase(Locale.ROOT),
          mapping.router().toString(),
          mapping.external().toString(),
          mapping.lifetime().toMillis());
    }
  }

  static ReachView of(ReachStatus reach) {
    return new ReachView(
        reach.state().word(),
        reach.addresses().stream().map(Address::of).toList(),
        reach.mappings().stream().map(MappingView::of).toList(),
        reach.punches());
  }
}
