package dev.waggle.domain.addresses;

import static dev.waggle.domain.addresses.Books.at;
import static dev.waggle.domain.addresses.Books.ip;
import static dev.waggle.domain.addresses.Books.young;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.wire.AddressRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How others hear no more of who has many addresses in few network groups. */
class GroupSampleTest {
  private static final long NOW = 0;

  private final Draws draws = new Draws(new SeededRandom(5));
  private final List<BookEntry> entries = new ArrayList<>();

  private void add(String... addresses) {
    for (String address : addresses) {
      entries.add(new BookEntry(at(address), ip("9.9.9.9"), 1, NOW));
    }
  }

  private List<String> draw(int wanted) {
    return GroupSample.draw(entries, wanted, draws).stream()
        .map(entry -> entry.endpoint().address().toString())
        .toList();
  }

  @Test
  void twoOfAGroupAtMost_andNobodyTwice() {
    add("20.1.0.1", "20.1.0.2", "20.1.0.3", "20.1.0.4", "20.2.0.1", "20.3.0.1", "20.3.0.2");
    List<String> drawn = draw(100);
    assertThat(drawn).hasSize(5).doesNotHaveDuplicates();
    assertThat(drawn.stream().filter(each -> each.startsWith("20.1."))).hasSize(2);
    assertThat(drawn).contains("20.2.0.1", "20.3.0.1", "20.3.0.2");
  }

  @Test
  void secondOnesOfAGroup_comeAfterTheFirstOnesOfAll() {
    add("20.1.0.1", "20.1.0.2", "20.1.0.3", "20.2.0.1", "20.3.0.1");
    for (int i = 0; i < 50; i++) {
      assertThat(draw(3).stream().map(each -> each.substring(0, 5)))
          .containsExactlyInAnyOrder("20.1.", "20.2.", "20.3.");
    }
    assertThat(draw(0)).isEmpty();
  }

  @Test
  void eachOfAGroup_hasItsTurn_atAnyPlace() {
    add("20.1.0.1", "20.1.0.2", "20.1.0.3", "20.2.0.1");
    Set<String> first = new LinkedHashSet<>();
    Map<String, Integer> ofOneGroup = new LinkedHashMap<>();
    for (int i = 0; i < 300; i++) {
      List<String> drawn = draw(3);
      first.add(drawn.getFirst());
      drawn.forEach(each -> ofOneGroup.merge(each, 1, Integer::sum));
    }
    assertThat(first).hasSize(4);
    assertThat(ofOneGroup.get("20.2.0.1")).isEqualTo(300);
    assertThat(ofOneGroup.get("20.1.0.3")).isBetween(150, 250);
  }

  /**
   * What share of an answer leads to an attacker who tells of 1,000 addresses in 200 groups as fast
   * as the tables take them, while 1,000 honest nodes are in a group each. So much is what sieges
   * have to assume: one sixth, as of groups, not one half, as of addresses.
   */
  @Test
  void whoHas1000AddressesIn200Groups_isTold_asOftenAsItHasGroups() {
    AddressBook book = Books.book(3);
    for (int i = 0; i < 1000; i++) {
      IpAddress source = IpAddress.ofIpv4((40 << 24) + (7919 * i % 1000 << 16) + 1);
      book.told(young(honest(i)), source, NOW);
      book.told(young(honest(i)), IpAddress.ofIpv4((50 << 24) + (i << 16)), NOW);
    }
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 1000; i++) {
        IpAddress source = hostile((int) draws.below(1000)).address();
        book.told(young(hostile(i)), source, NOW);
      }
    }
    List<AddressRecord> sample = book.sample(1000, 23, NOW);
    long hostile = sample.stream().filter(each -> isHostile(each.endpoint())).count();
    assertThat(sample.size()).isGreaterThan(300);
    assertThat((double) hostile / sample.size()).isBetween(0.10, 0.22);
  }

  private static IpEndpoint honest(int number) {
    return new IpEndpoint(IpAddress.ofIpv4((40 << 24) + (number << 16) + 1), 9000);
  }

  private static IpEndpoint hostile(int number) {
    int group = number % 200;
    return new IpEndpoint(IpAddress.ofIpv4((60 << 24) + (group << 16) + number), 9000);
  }

  private static boolean isHostile(IpEndpoint endpoint) {
    int first = endpoint.address().ipv4Bits() >>> 24;
    return first == 60;
  }
}
