package dev.waggle.nat.upnp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlLeafTest {
  private static @Nullable List<XmlLeaf> parse(String text) {
    return XmlLeaf.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void leaves_haveTheirParentsNumber() {
    assertThat(
            parse("<a> <x:b xmlns:x='y'><c> 1 </c><d/></x:b><b><c>&lt;<![CDATA[2]]></c></b></a>"))
        .containsExactly(
            new XmlLeaf("c", 2, "1"), new XmlLeaf("d", 2, ""), new XmlLeaf("c", 5, "<2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no document",
        "<a>",
        "<a></b>",
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a SYSTEM 'http://192.0.2.1/a.dtd'><a/>",
        "<!DOCTYPE a [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><a><b>&f;</b></a>",
        "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;'>]><a><b>&y;</b></a>",
        "<a><b>&f;</b></a>",
      })
  void whatIsNoDocument_orHasADocumentType_isNone(String text) {
    assertThat(parse(text)).isNull();
  }

  @Test
  void billionLaughs_areNotLaughed() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 'ha'>");
    for (int i = 1; i < 100; i++) {
      bomb.append("<!ENTITY e" + i + " '" + ("&e" + (i - 1) + ";").repeat(10) + "'>");
    }
    assertThat(parse(bomb + "]><a><b>&e99;</b></a>")).isNull();
  }

  @Test
  void depthAndNumber_areBounded() {
    assertThat(parse("<a>".repeat(XmlLeaf.MAX_DEPTH) + "</a>".repeat(XmlLeaf.MAX_DEPTH)))
        .isNotNull();
    assertThat(parse("<a>".repeat(XmlLeaf.MAX_DEPTH + 1) + "</a>".repeat(XmlLeaf.MAX_DEPTH + 1)))
        .isNull();
    assertThat(parse("<a>" + "<b/>".repeat(XmlLeaf.MAX_ELEMENTS - 1) + "</a>"))
        .hasSize(XmlLeaf.MAX_ELEMENTS - 1);
    assertThat(parse("<a>" + "<b/>".repeat(XmlLeaf.MAX_ELEMENTS) + "</a>")).isNull();
  }

  @Test
  void manyAttributes_areNoHarm() {
    StringBuilder text = new StringBuilder("<a");
    for (int i = 0; text.length() < RouterHttp.MAX_BYTES - 20; i++) {
      text.append(" a" + i + "=''");
    }
    assertThatCode(() -> parse(text + "><b/></a>")).doesNotThrowAnyException();
  }

  @Property(tries = 500)
  void garbage_isNoHarm(@ForAll @Size(max = 100) byte[] garbage, @ForAll String text) {
    assertThatCode(
            () -> {
              XmlLeaf.parse(garbage);
              parse("<a><b>" + text + "</b></a>");
            })
        .doesNotThrowAnyException();
  }
}
