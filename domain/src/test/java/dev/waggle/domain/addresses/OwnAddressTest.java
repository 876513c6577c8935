package dev.waggle.domain.addresses;

import static dev.waggle.domain.addresses.Books.at;
import static dev.waggle.domain.addresses.Books.ip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a node believes that others can dial it. */
class OwnAddressTest {
  private static final IpAddress SEEN = ip("20.1.1.1");
  private static final IpAddress OTHER = ip("21.1.1.1");
  private static final IpAddress LOCAL = ip("10.0.0.5");

  private final OwnAddress own = new OwnAddress(null);
  private long now = Long.MAX_VALUE - Duration.ofHours(1).toNanos(); // Soon runs over.

  OwnAddressTest() {
    own.listensAt(at("0.0.0.0"), false);
  }

  private void says(int group, IpAddress seen) {
    own.observed(seen, LOCAL, NetworkGroup.of(ip("30." + group + ".1.1")));
  }

  @Test
  void whatTheOperatorSays_counts_evenWithoutAPort() {
    OwnAddress said = new OwnAddress(at("25.1.1.1"));
    said.observed(SEEN, SEEN, NetworkGroup.of(SEEN));
    assertThat(said.current(now)).isEqualTo(at("25.1.1.1"));
    assertThat(said.certain()).isEqualTo(at("25.1.1.1"));
  }

  @Test
  void addressOfTheMachine_takesOneWitness_andAListeningPort() {
    assertThat(own.current(now)).isNull();
    own.observed(SEEN, SEEN, NetworkGroup.of(OTHER));
    assertThat(own.current(now)).isEqualTo(new IpEndpoint(SEEN, 9000));
    assertThat(own.certain()).isEqualTo(new IpEndpoint(SEEN, 9000));
    own.listensAt(null, false);
    assertThat(own.current(now)).isNull();
    assertThat(own.certain()).isNull();
  }

  @Test
  void nodeThatListensAtOneAddress_canBeDialledAtNoOtherOfItsMachine() {
    own.listensAt(new IpEndpoint(OTHER, 9000), true);
    own.strangerCame(now);
    for (int group = 0; group < 3; group++) {
      own.observed(SEEN, SEEN, NetworkGroup.of(ip("30." + group + ".1.1")));
    }
    assertThat(own.current(now)).isEqualTo(new IpEndpoint(OTHER, 9000));
    assertThat(own.certain()).isEqualTo(new IpEndpoint(OTHER, 9000));
  }

  @Test
  void nodeThatListensAtOneAddressBehindATranslator_canBeDialledWhereThatIsSeen() {
    own.listensAt(new IpEndpoint(LOCAL, 9000), false);
    own.strangerCame(now);
    own.observed(OTHER, OTHER, NetworkGroup.of(OTHER));
    for (int group = 0; group < 3; group++) {
      says(group, SEEN);
    }
    assertThat(own.current(now)).isEqualTo(new IpEndpoint(SEEN, 9000));
    assertThat(own.certain()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 20.1.1.1, true",
    "0.0.0.0, 2a00:1::1, false",
    "'::', 20.1.1.1, true",
    "'::', 2a00:1::1, true",
    "20.1.1.1, 20.1.1.1, true",
    "20.1.1.1, 2a00:1::1, false",
  })
  void addressOfTheMachine_countsIfTheNodeListensToIt(
      String listening, String seen, boolean counts) {
    own.listensAt(at(listening), false);
    own.observed(ip(seen), ip(seen), NetworkGroup.of(OTHER));
    assertThat(own.certain()).isEqualTo(counts ? at(seen) : null);
  }

  @Test
  void addressOfAnotherFamily_thanTheOneThatTheNodeListensAt_takesNoWitnesses() {
    own.listensAt(at("2a00:1::1"), false);
    own.strangerCame(now);
    for (int group = 0; group < 3; group++) {
      says(group, SEEN);
    }
    assertThat(own.current(now)).isNull();
  }

  @Test
  void otherAddress_takesThreeGroups_andAStrangerOfToday() {
    own.strangerCame(now);
    says(1, SEEN);
    says(2, SEEN);
    says(2, SEEN);
    assertThat(own.current(now)).as("two groups").isNull();
    says(3, SEEN);
    assertThat(own.current(now)).isEqualTo(new IpEndpoint(SEEN, 9000));
    assertThat(own.certain()).as("they may lie").isNull();
    now += Duration.ofHours(24).toNanos() - 1;
    assertThat(own.current(now)).isNotNull();
    now += 1;
    assertThat(own.current(now)).isNull();
  }

  @Test
  void withoutAStranger_agreementIsNotEnough() {
    says(1, SEEN);
    says(2, SEEN);
    says(3, SEEN);
    assertThat(own.current(now)).isNull();
  }

  @Test
  void ofSeveralAddresses_theOneCountsThatMostSay() {
    own.strangerCame(now);
    for (int group = 0; group < 3; group++) {
      says(group, OTHER);
    }
    for (int group = 3; group < 7; group++) {
      says(group, SEEN);
    }
    assertThat(own.current(now)).isEqualTo(new IpEndpoint(SEEN, 9000));
  }

  @Test
  void oldWords_areForgotten_whenManyOthersHaveSpoken() {
    own.strangerCame(now);
    for (int group = 0; group < 3; group++) {
      says(group, SEEN);
    }
    for (int group = 3; group < 32; group++) {
      says(group, ip("40." + group + ".1.1"));
    }
    assertThat(own.current(now)).isNotNull();
    says(32, OTHER);
    assertThat(own.current(now)).isNull();
  }
}
