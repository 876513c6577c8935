package dev.waggle.nat.upnp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.waggle.nat.support.Recorded;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {
  private static byte[] bytes(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String body(String text) {
    HttpAnswer answer = HttpAnswer.parse(bytes(text));
    return answer == null ? "none" : new String(answer.body(), StandardCharsets.ISO_8859_1);
  }

  private static boolean isWhole(String text) {
    return HttpAnswer.isWhole(bytes(text), bytes(text).length);
  }

  @Test
  void recordedAnswer_isWhole_atItsLastByteAndNotBefore() {
    byte[] recorded = Recorded.answer("soap-external");
    for (int length = 0; length < recorded.length; length++) {
      assertThat(HttpAnswer.isWhole(recorded, length)).isFalse();
      assertThat(HttpAnswer.parse(Arrays.copyOf(recorded, length))).isNull();
    }
    assertThat(HttpAnswer.isWhole(recorded, recorded.length)).isTrue();
    HttpAnswer answer = HttpAnswer.parse(recorded);
    assertThat(answer).isNotNull();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(new String(answer.body(), StandardCharsets.US_ASCII))
        .startsWith("<?xml")
        .contains("11.22.33.1");
  }

  @Test
  void body_endsWithTheConnection_orWhereItsLengthSays() {
    assertThat(body("HTTP/1.0 200 OK\n\nall")).isEqualTo("all");
    assertThat(body("HTTP/1.1 500\nCONTENT-LENGTH: 3 \n\nthree")).isEqualTo("thr");
    assertThat(isWhole("HTTP/1.0 200 OK\n\nall")).isFalse();
  }

  @Test
  void chunks_areJoined() {
    String head = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n";
    assertThat(body(head + "3\nabc\n2;x=y\nde\n0\n\n")).isEqualTo("abcde");
    assertThat(isWhole(head + "3\nabc\n2;x=y\nde\n0\n\n")).isTrue();
    assertThat(isWhole(head + "3\nabc\n")).isFalse();
    assertThat(body(head + "3\nabc\n")).isEqualTo("none");
    assertThat(body(head + "ffffff\nabc\n0\n\n")).isEqualTo("none");
    assertThat(body(head + "fffffff\nabc\n0\n\n")).isEqualTo("none");
    assertThat(body(head + "-1\nabc\n0\n\n")).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "HTTP/2 200 OK\n\n",
        "HTTP/1.1 99 OK\n\n",
        "HTTP/1.1 600 OK\n\n",
        "HTTP/1.1 ok\n\n",
        "ICY 200 OK\n\n",
        "HTTP/1.1 200 OK\nno colon\n\n",
        "HTTP/1.1 200 OK\nContent-Length: -1\n\n",
        "HTTP/1.1 200 OK\nContent-Length: 99999999999\n\n",
        "HTTP/1.1 200 OK\nContent-Length: 5\n\nfour",
        "HTTP/1.1 200 OK\nTransfer-Encoding: gzip\n\nabc",
        "HTTP/1.1 200 OK\nabc: def",
      })
  void anythingElse_isNoAnswer(String text) {
    assertThat(HttpAnswer.parse(bytes(text))).isNull();
  }

  @Property(tries = 500)
  void garbage_isReadWithoutHarm(
      @ForAll @Size(max = 200) byte[] garbage, @ForAll @IntRange(max = 60) int from) {
    assertThatCode(
            () -> {
              byte[] start =
                  bytes("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nabcde\n0\n\n");
              byte[] mixed = Arrays.copyOf(start, Math.min(from, start.length) + garbage.length);
              System.arraycopy(garbage, 0, mixed, mixed.length - garbage.length, garbage.length);
              HttpAnswer.parse(mixed);
              HttpAnswer.parse(garbage);
            })
        .doesNotThrowAnyException();
  }
}
