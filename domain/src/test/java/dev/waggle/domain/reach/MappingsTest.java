package dev.waggle.domain.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.addresses.OwnAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.operator.ReachStatus;
import dev.waggle.ports.operator.ReachStatus.Source;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What routers say, and what else a node knows of where it is (PROTOCOL §9.9). */
class MappingsTest extends ReachFixture {
  private static final Duration HOUR = Duration.ofHours(1);

  private static Mapping mapping(String router, String external, Duration lifetime) {
    return new Mapping(Mapping.Method.PCP, ip(router), at(external), lifetime);
  }

  private ReachStatus status() {
    return reaching.status(ReachStatus.Punches.NONE, now);
  }

  private List<ReachStatus.Candidate> candidates() {
    return status().addresses();
  }

  private static ReachStatus.Candidate unknown(String endpoint, Source source) {
    return new ReachStatus.Candidate(at(endpoint), source, Reachability.UNKNOWN);
  }

  @Test
  void mapping_isACandidateUntilItsTimeIsOver() {
    start();
    reaching.mapped(mapping("10.0.0.1", "20.1.1.1:4000", HOUR), now);
    assertThat(candidates()).containsExactly(unknown("20.1.1.1:4000", Source.MAPPED));
    pass(Duration.ofMinutes(30));
    assertThat(status().mappings())
        .containsExactly(mapping("10.0.0.1", "20.1.1.1:4000", Duration.ofMinutes(30)));
    reaching.mapped(mapping("10.0.0.1", "20.1.1.1:4000", HOUR), now);
    pass(Duration.ofMinutes(59));
    assertThat(candidates()).hasSize(1);
    pass(Duration.ofMinutes(1));
    assertThat(candidates()).isEmpty();
    assertThat(status().mappings()).isEmpty();
    assertThat(observed)
        .containsExactly("mapped 20.1.1.1:4000", "lost 20.1.1.1:4000 not renewed in time");
  }

  @Test
  void anotherMappingOfTheSameRouter_takesItsPlace() {
    start();
    reaching.mapped(mapping("10.0.0.1", "20.1.1.1:4000", HOUR), now);
    reaching.mapped(mapping("10.0.0.1", "20.1.1.1:4001", HOUR), now);
    assertThat(candidates()).containsExactly(unknown("20.1.1.1:4001", Source.MAPPED));
    reaching.mappingLost(mapping("10.0.0.1", "20.1.1.1:4000", HOUR), "gone", now);
    assertThat(candidates()).hasSize(1);
    reaching.mappingLost(mapping("10.0.0.1", "20.1.1.1:4001", HOUR), "gone", now);
    assertThat(candidates()).isEmpty();
    assertThat(observed)
        .containsExactly("mapped 20.1.1.1:4000", "mapped 20.1.1.1:4001", "lost 20.1.1.1:4001 gone");
  }

  @Test
  void routersWithoutNumber_haveSoManyPlaces() {
    start();
    for (int i = 1; i <= 100; i++) {
      reaching.mapped(mapping("10.0.0." + i, "20.1.1.1:" + i, HOUR), now);
    }
    assertThat(status().mappings()).hasSize(Mappings.MAX);
    assertThat(candidates()).hasSize(Mappings.MAX).contains(unknown("20.1.1.1:100", Source.MAPPED));
  }

  @Test
  void failure_isToldWhenItsReasonChanges_andAfterAMapping() {
    reaching.mappingFailed("no router answers");
    reaching.mappingFailed("no router answers");
    reaching.mappingFailed("refused");
    reaching.mapped(mapping("10.0.0.1", "20.1.1.1:4000", HOUR), now);
    reaching.mappingFailed("refused");
    assertThat(observed)
        .containsExactly(
            "failed no router answers", "failed refused", "mapped 20.1.1.1:4000", "failed refused");
  }

  @Test
  void mappingForEver_isNoOverflow() {
    start();
    reaching.mapped(mapping("10.0.0.1", "20.1.1.1:4000", Duration.ofSeconds(Long.MAX_VALUE)), now);
    pass(HOUR);
    assertThat(candidates()).hasSize(1);
  }

  @Test
  void mappingBehindAnotherRouter_isNoCandidate() {
    start();
    reaching.mapped(mapping("10.0.0.1", "192.168.1.7:4000", HOUR), now);
    assertThat(candidates()).isEmpty();
    assertThat(status().mappings()).hasSize(1);
  }

  @Test
  void everySource_isACandidate_theBestOfAnAddressFirst() {
    own = new OwnAddress(at("20.9.9.9:1234"));
    reaching = reaching(ReachSettings.ANYWHERE);
    start("::", false);
    reaching.mapped(mapping("10.0.0.1", "20.9.9.9:1234", HOUR), now);
    reaching.mapped(mapping("10.0.0.2", "20.1.1.1:4000", HOUR), now);
    sees(link(1, OUT, "30.1.1.1:9000", "10.0.0.5:" + PORT, FEATURES), "20.1.1.1:5000");
    assertThat(candidates())
        .containsExactly(
            unknown("20.9.9.9:1234", Source.EXTERNAL), unknown("20.1.1.1:4000", Source.MAPPED));
    sees(link(2, OUT, "30.2.1.1:9000", "10.0.0.5:" + PORT, FEATURES), "20.1.1.1:5000");
    IpEndpoint direct = at("[2a00:1::7]:9000");
    sees(link(3, OUT, "[2a00:5::1]:9000", "[2a00:1::7]:40000", FEATURES), "[2a00:1::7]:40000");
    assertThat(candidates())
        .containsExactly(
            unknown("20.9.9.9:1234", Source.EXTERNAL),
            unknown(direct.toString(), Source.DIRECT),
            unknown("20.1.1.1:4000", Source.MAPPED),
            unknown("20.1.1.1:9000", Source.OBSERVED),
            unknown("20.1.1.1:5000", Source.OBSERVED));
    assertThat(candidates().size()).isLessThanOrEqualTo(Candidates.MAX);
  }

  @Test
  void nodeThatListensNowhere_isNowhere() {
    own.listensAt(null, false);
    reaching.start(now);
    reaching.mapped(mapping("10.0.0.1", "20.1.1.1:4000", HOUR), now);
    sees(outbound(1), "20.1.1.1:5000");
    sees(outbound(2), "20.1.1.1:5000");
    assertThat(candidates()).isEmpty();
    assertThat(status().state()).isEqualTo(Reachability.UNKNOWN);
  }
}
