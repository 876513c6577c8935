package dev.waggle.nat.upnp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.waggle.ports.IpAddress;
import java.net.URI;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterUrlTest {
  private static final IpAddress ROUTER =
      Objects.requireNonNull(IpAddress.ofLiteral("192.168.1.1"));

  @Test
  void urlOfTheRouter_isRead() {
    assertThat(RouterUrl.of("http://192.168.1.1:5000/root.xml?a=b", null, ROUTER))
        .isEqualTo(new RouterUrl(ROUTER, 5000, "/root.xml?a=b"));
    assertThat(RouterUrl.of("HTTP://192.168.1.1", null, ROUTER))
        .isEqualTo(new RouterUrl(ROUTER, 80, "/"));
  }

  @Test
  void relativeUrl_isTheRoutersOwn() {
    URI base = URI.create("http://192.168.1.1:5000/a/root.xml");
    assertThat(RouterUrl.of("/ctl", base, ROUTER)).isEqualTo(new RouterUrl(ROUTER, 5000, "/ctl"));
    assertThat(RouterUrl.of("ctl", base, ROUTER)).isEqualTo(new RouterUrl(ROUTER, 5000, "/a/ctl"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/root.xml",
        "http://192.168.1.2/root.xml",
        "http://192.168.1.1.example.org/root.xml",
        "http://router/root.xml",
        "http://127.0.0.1/root.xml",
        "http://192.168.1.1@192.168.1.2/root.xml",
        "http://192.168.1.2@192.168.1.1/root.xml",
        "https://192.168.1.1/root.xml",
        "file:///etc/passwd",
        "http://192.168.1.1:0/",
        "http://192.168.1.1:65536/",
        "http://192.168.1.1:99999999999/",
        "http://[::ffff:192.168.1.2]/",
        "http://192.168.1.1/a b",
        "http://192.168.1.1/a\r\nHost: b",
        "http://192.168.1.1/ä",
        "//192.168.1.1/root.xml",
      })
  void anythingElse_isNoPlaceToGo(String text) {
    assertThat(RouterUrl.of(text, null, ROUTER)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//192.168.1.2/ctl", "http://10.0.0.1/ctl", "gopher://192.168.1.1/", "mailto:a"})
  void controlUrlElsewhere_isNoPlaceToGo(String text) {
    assertThat(RouterUrl.of(text, URI.create("http://192.168.1.1/root.xml"), ROUTER)).isNull();
  }

  @Test
  void longUrl_isNoPlaceToGo() {
    assertThat(RouterUrl.of("http://192.168.1.1/" + "a".repeat(1024), null, ROUTER)).isNull();
  }

  @Property(tries = 300)
  void garbage_isNoPlaceToGo(@ForAll String text) {
    URI base = URI.create("http://192.168.1.1/root.xml");
    assertThatCode(() -> RouterUrl.of(text, base, ROUTER)).doesNotThrowAnyException();
    RouterUrl url = RouterUrl.of("http://192.168.1.1/" + text, null, ROUTER);
    assertThat(url == null || url.target().chars().allMatch(c -> c > ' ' && c < 0x7F)).isTrue();
  }
}
