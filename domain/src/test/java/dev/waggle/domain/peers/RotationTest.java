package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of the chosen links goes when there is one too many. */
class RotationTest {
  private static List<PeerLink> links(int count) {
    List<PeerLink> links = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      links.add(PeerLinks.outbound(i));
    }
    return links;
  }

  @Test
  void ofEqualOnes_theYoungestGoes() {
    List<PeerLink> links = links(9);
    assertThat(Rotation.leastUseful(links)).isSameAs(links.getLast());
  }

  @Test
  void ofFew_theYoungestGoes() {
    for (int count = 1; count <= Rotation.PROTECTED + 1; count++) {
      List<PeerLink> links = links(count);
      assertThat(Rotation.leastUseful(links)).isSameAs(links.getLast());
    }
  }
}
