package io.ordinal.cli.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TargetTest {
  private static final ResourceType PODS =
      new ResourceType(
          "", "v1", "pods", "Pod", true, Set.of("pods"), Set.of(), List.of(), Set.of());

  @Test
  void a_name_is_never_empty_and_never_a_path() {
    for (String wrong : List.of("", " ", ".", "..", "a/b", "a%2fb")) {
      assertThatThrownBy(() -> new Target(PODS, Optional.of(wrong)))
          .hasMessageContaining("expected the name of one of the pods, found '" + wrong + "'");
    }
  }

  @Test
  void an_object_has_a_path_in_its_namespace() {
    assertThat(new Target(PODS, Optional.of("web-0")).path("shop"))
        .isEqualTo("/api/v1/namespaces/shop/pods/web-0");
    assertThat(new Target(PODS, Optional.empty()).path("")).isEqualTo("/api/v1/pods");
  }
}
