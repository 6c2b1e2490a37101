package io.ordinal.cli.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "-5, 0s",
    "119, 119s",
    "120, 2m",
    "310, 5m10s",
    "601, 10m",
    "10799, 179m",
    "10800, 3h",
    "12000, 3h20m",
    "28801, 8h",
    "172799, 47h",
    "180000, 2d2h",
    "691200, 8d",
    "63072000, 2y",
    "64800000, 2y20d",
    "252288000, 8y"
  })
  void ages_have_fewer_parts_the_longer_they_are(long seconds, String shown) {
    assertThat(Ages.since(NOW.minusSeconds(seconds), NOW)).isEqualTo(shown);
  }
}
