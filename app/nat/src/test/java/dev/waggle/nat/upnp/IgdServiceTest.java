package dev.waggle.nat.upnp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.nat.support.Recorded;
import dev.waggle.ports.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class IgdServiceTest {
  private static final RouterUrl AT =
      new RouterUrl(
          Objects.requireNonNull(IpAddress.ofLiteral("192.168.77.1")), 5555, "/rootDesc.xml");

  private static List<IgdService> all(String description) {
    return IgdService.all(description.getBytes(StandardCharsets.UTF_8), AT);
  }

  private static String service(String type, String control) {
    return "<service><serviceType>urn:schemas-upnp-org:service:"
        + type
        + "</serviceType><controlURL>"
        + control
        + "</controlURL></service>";
  }

  @Test
  void recordedDescription_hasItsConnection() {
    HttpAnswer answer = Objects.requireNonNull(HttpAnswer.parse(Recorded.answer("description")));
    assertThat(IgdService.all(answer.body(), AT))
        .containsExactly(
            new IgdService(
                "urn:schemas-upnp-org:service:WANIPConnection:2",
                new RouterUrl(AT.router(), 5555, "/ctl/IPConn")));
  }

  @Test
  void controlUrl_isRelativeToTheBase_ifTheRouterNamesOneOfItsOwn() {
    String service = service("WANPPPConnection:1", "ctl");
    assertThat(all("<root><URLBase>http://192.168.77.1:80/b/</URLBase>" + service + "</root>"))
        .extracting(IgdService::control)
        .containsExactly(new RouterUrl(AT.router(), 80, "/b/ctl"));
    assertThat(all("<root><URLBase></URLBase>" + service + "</root>"))
        .extracting(IgdService::control)
        .containsExactly(new RouterUrl(AT.router(), 5555, "/ctl"));
  }

  @Test
  void controlUrlOnAnotherHost_isNone() {
    assertThat(all("<root>" + service("WANIPConnection:1", "http://192.168.77.2/c") + "</root>"))
        .isEmpty();
    assertThat(
            all(
                "<root><URLBase>http://10.0.0.1/</URLBase>"
                    + service("WANIPConnection:1", "/c")
                    + "</root>"))
        .isEmpty();
  }

  @Test
  void otherServices_andOthersGarbage_areNone() {
    assertThat(all("<root>" + service("Layer3Forwarding:1", "/c") + "</root>")).isEmpty();
    assertThat(all("<root>" + service("WANIPConnection:1\"><evil/>", "/c") + "</root>")).isEmpty();
    assertThat(all("<root><service><controlURL>/c</controlURL></service></root>")).isEmpty();
    assertThat(all("not XML")).isEmpty();
  }

  @Test
  void services_areBounded() {
    assertThat(all("<root>" + service("WANIPConnection:1", "/c").repeat(100) + "</root>"))
        .hasSize(IgdService.MAX_SERVICES);
  }
}
