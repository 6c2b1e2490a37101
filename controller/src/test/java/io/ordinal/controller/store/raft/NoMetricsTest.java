package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.ratis.metrics.MetricRegistries;
import org.junit.jupiter.api.Test;

final class NoMetricsTest {
  @Test
  void ratis_measures_nothing_of_itself() {
    assertThat(MetricRegistries.global()).isInstanceOf(NoMetrics.class);
  }
}
