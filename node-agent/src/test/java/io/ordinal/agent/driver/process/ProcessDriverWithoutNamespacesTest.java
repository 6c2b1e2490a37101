package io.ordinal.agent.driver.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Everything again where the machine allows no namespaces. */
class ProcessDriverWithoutNamespacesTest extends ProcessDriverTest {
  @Override
  String[] settings() {
    return new String[] {"ordinal.agent.process.namespaces = off"};
  }

  @Test
  void says_so() {
    assertThat(bench.driver.traits())
        .containsEntry("treeKill", "environment-sweep")
        .containsEntry("mountNamespaces", "false");
  }
}
