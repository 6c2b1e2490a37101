package io.ordinal.agent.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.protocol.agent.ContainerOrder.EnvOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  private static final Map<String, String> FIELDS = Map.of("status.podIP", "127.64.0.1");

  private static Map<String, String> resolve(EnvOrder... orders) {
    return Environment.resolve(List.of(orders), FIELDS);
  }

  @Test
  void later_values_refer_to_earlier_ones() {
    assertThat(
            resolve(
                new EnvOrder.Field("IP", "status.podIP"),
                new EnvOrder.Value("URL", "http://$(IP):80/$(LATER)"),
                new EnvOrder.Value("LATER", "x")))
        .containsEntry("URL", "http://127.64.0.1:80/$(LATER)");
  }

  @Test
  void two_dollars_are_one() {
    assertThat(resolve(new EnvOrder.Value("A", "1"), new EnvOrder.Value("B", "$$(A) $$ $(A) $A")))
        .containsEntry("B", "$(A) $ 1 $A");
  }

  @Test
  void the_last_of_a_name_wins_and_stands_last() {
    assertThat(
            resolve(
                new EnvOrder.Value("A", "1"),
                new EnvOrder.Value("B", "2"),
                new EnvOrder.Value("A", "3")))
        .containsExactly(Map.entry("B", "2"), Map.entry("A", "3"));
  }

  @Test
  void a_field_that_nobody_knows_is_refused() {
    assertThatThrownBy(() -> resolve(new EnvOrder.Field("A", "status.moon")))
        .isInstanceOfSatisfying(
            LaunchRefused.class,
            refusal -> assertThat(refusal.reason()).isEqualTo("CreateContainerConfigError"));
  }
}
