package dev.waggle.domain.addresses;

import static dev.waggle.domain.addresses.Books.at;
import static dev.waggle.domain.addresses.Books.peer;
import static dev.waggle.domain.addresses.Books.young;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.node.KnownAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a copy has of a book that goes on changing. */
class BookCopyTest {
  private final AddressBook book = Books.book(1);
  private long now = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos(); // Soon runs over.

  /** Addresses for more than three slices. */
  @BeforeEach
  void fill() {
    for (int i = 0; book.size() <= 3 * BookCopy.SLICE; i++) {
      IpEndpoint any = new IpEndpoint(IpAddress.ofIpv4((50 << 24) + i * 4099), 9000);
      book.told(young(any), IpAddress.ofIpv4((30 << 24) + i * 65_537), now);
    }
  }

  @Test
  void copyOfABookThatRests_isAllOfIt_inSlicesOfABound() {
    BookCopy copy = book.copy();
    int before = 0;
    int slices = 0;
    boolean isWhole = false;
    while (!isWhole) {
      isWhole = copy.takeSlice(now);
      slices++;
      assertThat(copy.addresses().size() - before).isLessThanOrEqualTo(BookCopy.SLICE);
      before = copy.addresses().size();
    }
    assertThat(slices).isEqualTo(4);
    assertThat(copy.addresses()).containsExactlyInAnyOrderElementsOf(book.all(now));
    assertThat(Books.book(2).copy().takeSlice(now)).as("of an empty book").isTrue();
  }

  /** None of those whose turn is late vanishes, and none comes twice. */
  @Test
  void addressThatMovesMeanwhile_isCopiedOnce_asItIsWhenItsTurnComes() {
    List<IpEndpoint> begun = endpoints(book.all(now));
    BookCopy copy = book.copy();
    copy.takeSlice(now);
    Set<IpEndpoint> early = new LinkedHashSet<>(endpoints(copy.addresses()));
    assertThat(early).hasSize(BookCopy.SLICE);
    List<IpEndpoint> toldAnew = change(begun);

    List<KnownAddress> expected =
        book.all(now).stream()
            .filter(known -> begun.contains(known.endpoint()) && !early.contains(known.endpoint()))
            .toList();
    assertThat(expected).anyMatch(KnownAddress::tried);
    assertThat(endpoints(expected)).containsAnyElementsOf(toldAnew);
    assertThat(expected).hasSizeLessThan(begun.size() - BookCopy.SLICE);

    while (!copy.takeSlice(now)) {}
    assertThat(copy.addresses().subList(BookCopy.SLICE, copy.addresses().size()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /**
   * Each fifth address moves to <i>tried</i>, moves there and back, is forgotten, or is forgotten
   * and told anew; and others come. Returns those that are told anew.
   */
  private List<IpEndpoint> change(List<IpEndpoint> begun) {
    List<IpEndpoint> toldAnew = new ArrayList<>();
    for (int i = 0; i < begun.size(); i += 5) {
      IpEndpoint endpoint = begun.get(i);
      switch (i % 4) {
        case 0 -> book.reached(endpoint, peer(i), now);
        case 1 -> {
          book.reached(endpoint, peer(i), now);
          book.disowned(endpoint);
        }
        case 2 -> book.isOwn(endpoint);
        default -> {
          book.isOwn(endpoint);
          toldAnew.add(endpoint);
        }
      }
    }
    for (int i = 0; i < 64; i++) {
      book.isOwn(at("12." + i + ".1.1")); // No more are remembered, so that the others are not.
    }
    toldAnew.forEach(endpoint -> book.told(young(endpoint), endpoint.address(), now));
    book.reached(at("13.1.1.1"), peer(1), now);
    assertThat(book.find(at("13.1.1.1"))).isNotNull();
    return toldAnew;
  }

  private static List<IpEndpoint> endpoints(List<KnownAddress> addresses) {
    return addresses.stream().map(KnownAddress::endpoint).toList();
  }
}
