package io.ordinal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import io.ordinal.member.directory.DataDirectory;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class NextStepsTest {
  private static final DataDirectory ELSEWHERE = new DataDirectory(Path.of("/elsewhere"));
  private static final Path EXAMPLES = Path.of("/clone/examples");

  @Test
  void they_speak_of_the_set_that_was_applied() {
    assertThat(new NextSteps(ELSEWHERE, true, EXAMPLES).lines(Optional.of(set("shop")), false))
        .contains(
            "  export KUBECONFIG=/elsewhere/kubeconfig",
            "  kubectl logs web-0 -n shop",
            "  kubectl scale statefulset web --replicas=5 -n shop");
  }

  @Test
  void without_a_set_they_say_how_to_get_one() {
    assertThat(new NextSteps(ELSEWHERE, true, EXAMPLES).lines(Optional.empty(), true))
        .contains("  kubectl apply -f /clone/examples/counter.yaml")
        .noneMatch(line -> line.contains("NAME"));
  }

  @Test
  void sets_of_others_are_only_looked_at() {
    assertThat(new NextSteps(ELSEWHERE, true, EXAMPLES).lines(Optional.empty(), false))
        .contains("  kubectl get statefulsets,pods,pvc -A")
        .noneMatch(line -> line.contains("scale") || line.contains("apply"));
  }

  @Test
  void without_kubectl_they_are_of_this_command() {
    assertThat(new NextSteps(ELSEWHERE, false, EXAMPLES).lines(Optional.of(set("default")), false))
        .contains("  ordinal logs web-0 --data-dir /elsewhere")
        .allMatch(line -> line.startsWith("  ordinal ") && line.contains("--data-dir /elsewhere"));
  }

  private static ObjectNode set(String namespace) {
    ObjectNode set = Json.object();
    set.putObject("metadata").put("name", "web").put("namespace", namespace);
    return set;
  }
}
