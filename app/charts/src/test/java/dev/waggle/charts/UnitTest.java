package dev.waggle.charts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitTest {
  @Test
  void figures_haveThreeDigitsThatCount() {
    Unit count = Unit.count();
    assertThat(count.text(0)).isEqualTo("0");
    assertThat(count.text(0.1234)).isEqualTo("0.123");
    assertThat(count.text(1.2345)).isEqualTo("1.23");
    assertThat(count.text(12.345)).isEqualTo("12.3");
    assertThat(count.text(123.45)).isEqualTo("123");
    assertThat(count.text(20)).isEqualTo("20");
    assertThat(count.text(-1234.5)).isEqualTo("-1\u202f235");
    assertThat(count.text(-123)).isEqualTo("-123");
    assertThat(count.text(1_234_567)).isEqualTo("1\u202f234\u202f567");
  }

  @Test
  void figures_areReadInTheLargestStepThatTheyFill() {
    assertThat(Unit.nanos().text(999)).isEqualTo("999 ns");
    assertThat(Unit.nanos().text(1_000)).isEqualTo("1 µs");
    assertThat(Unit.nanos().text(410e6)).isEqualTo("410 ms");
    assertThat(Unit.nanos().text(90e9)).isEqualTo("1.5 min");
    assertThat(Unit.bytes().text(1023)).isEqualTo("1\u202f023 B");
    assertThat(Unit.bytes().text(64 << 10)).isEqualTo("64 KiB");
    assertThat(Unit.metric("B/s").text(1.5e6)).isEqualTo("1.5 MB/s");
    assertThat(Unit.metric("B/s").text(-2e9)).isEqualTo("-2 GB/s");
    assertThat(Unit.of("%").text(0.5)).isEqualTo("0.5 %");
  }
}
