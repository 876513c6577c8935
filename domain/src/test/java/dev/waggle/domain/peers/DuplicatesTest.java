package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuplicatesTest {
  /** Links are written as "o" (ours, which we dialled) and "t" (theirs), the oldest first. */
  @ParameterizedTest
  @CsvSource({
    // links, whether we are the larger, those that we take leave of
    "o, true, ''",
    "o, false, ''",
    "t, true, ''",
    "t, false, ''",
    "ot, true, 0",
    "ot, false, ''",
    "to, true, 1",
    "to, false, ''",
    "oo, true, 1",
    "oo, false, 1",
    "tt, true, ''",
    "tt, false, ''",
    "oot, true, 0 1",
    "oot, false, 1",
    "ott, true, 0",
    "tto, false, ''",
  })
  void onlyOwnLinks_areTakenLeaveOf(String links, boolean larger, String leave) {
    List<PeerLink> all = new ArrayList<>();
    for (int i = 0; i < links.length(); i++) {
      all.add(links.charAt(i) == 'o' ? PeerLinks.outbound(i) : PeerLinks.inbound(i));
    }
    String left =
        String.join(
            " ",
            Duplicates.toLeave(all, larger).stream()
                .map(link -> Integer.toString(all.indexOf(link)))
                .toList());
    assertThat(left).isEqualTo(leave);
  }
}
