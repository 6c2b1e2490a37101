package io.ordinal.cli;

import io.ordinal.member.directory.DataDirectory;
import java.io.PrintWriter;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What to type next. */
final class NextSteps {
  private NextSteps() {}

  static void print(PrintWriter out, DataDirectory directory, List<? extends JsonNode> sets) {
    String name = sets.isEmpty() ? "NAME" : sets.get(0).path("metadata").path("name").asString();
    String option = new DataDirOption().again(directory);
    out.println();
    out.println("  export KUBECONFIG=" + directory.kubeconfig());
    out.println("  kubectl get statefulsets,pods,pvc");
    out.println("  kubectl logs " + name + "-0");
    out.println("  kubectl scale statefulset " + name + " --replicas=5");
    out.println("  ordinal down" + option + "      stop the member; the workloads go on");
    out.println("  ordinal down --stop-workloads" + option + "      stop everything");
    out.flush();
  }
}
