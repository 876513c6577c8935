package dev.waggle.domain.addresses;

import static dev.waggle.domain.addresses.Books.ip;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          8.8.8.8,          PUBLIC
          1.0.0.0,          PUBLIC
          223.255.255.255,  PUBLIC
          100.63.255.255,   PUBLIC
          100.128.0.0,      PUBLIC
          172.15.255.255,   PUBLIC
          172.32.0.0,       PUBLIC
          192.0.1.0,        PUBLIC
          198.17.255.255,   PUBLIC
          198.20.0.0,       PUBLIC
          10.0.0.0,         PRIVATE
          10.255.255.255,   PRIVATE
          100.64.0.0,       PRIVATE
          100.127.255.255,  PRIVATE
          127.0.0.1,        PRIVATE
          127.255.255.254,  PRIVATE
          169.254.1.1,      PRIVATE
          172.16.0.0,       PRIVATE
          172.31.255.255,   PRIVATE
          192.0.0.1,        PRIVATE
          192.0.2.1,        PRIVATE
          192.88.99.1,      PRIVATE
          192.168.0.1,      PRIVATE
          198.18.0.1,       PRIVATE
          198.19.255.255,   PRIVATE
          198.51.100.1,     PRIVATE
          203.0.113.1,      PRIVATE
          240.0.0.1,        PRIVATE
          0.0.0.0,          NONE
          0.1.2.3,          NONE
          224.0.0.1,        NONE
          239.255.255.255,  NONE
          255.255.255.255,  NONE
          2a00::1,          PUBLIC
          2000::1,          PUBLIC
          3ffe::1,          PUBLIC
          2001:200::1,      PUBLIC
          2001:1ff::1,      PRIVATE
          2001:db8::1,      PRIVATE
          2001:10::1,       PRIVATE
          3fff::1,          PRIVATE
          ::1,              PRIVATE
          fc00::1,          PRIVATE
          fd12::1,          PRIVATE
          fe80::1,          PRIVATE
          fec0::1,          PRIVATE
          100::1,           PRIVATE
          4000::1,          PRIVATE
          ::,               NONE
          ff02::1,          NONE
          ::ffff:8.8.8.8,   PUBLIC
          ::ffff:10.0.0.1,  PRIVATE
          64:ff9b::8.8.8.8, PUBLIC
          64:ff9b::10.0.0.1,PRIVATE
          2002:808:808::1,  PUBLIC
          2002:a00:1::1,    PRIVATE
          2001:0:1:2:3:4:f7f7:f7f7, PUBLIC
          2001:0:1:2:3:4:f5ff:fffe, PRIVATE
          2a00::5efe:8.8.8.8,       PUBLIC
          2a00::5efe:10.0.0.1,      PUBLIC
          fe80::5efe:8.8.8.8,       PRIVATE
          """)
  void address_reachesAsFarAsTheRegistriesSay(String literal, Reach reach) {
    assertThat(Reach.of(ip(literal))).isEqualTo(reach);
  }
}
