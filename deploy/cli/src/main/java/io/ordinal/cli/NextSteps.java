package io.ordinal.cli;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.member.directory.DataDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What to type next.
 *
 * @param kubectl whether this machine has it; the command line does the same otherwise
 * @param examples where manifests are that run as they are
 */
record NextSteps(DataDirectory directory, boolean kubectl, Path examples) {
  static NextSteps here(DataDirectory directory) {
    Path home = Path.of(System.getProperty("ordinal.home", "."));
    return new NextSteps(directory, isOnPath("kubectl"), home.resolve("examples"));
  }

  private static boolean isOnPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
  }

  /** For whoever applied these sets just now, or none. */
  List<String> lines(ApiClient api, List<? extends JsonNode> applied)
      throws IOException, InterruptedException {
    if (!applied.isEmpty()) return lines(Optional.of(applied.get(0)), false);
    JsonNode all = api.get("/apis/apps/v1/statefulsets").orElseThrow().path("items");
    return lines(Optional.empty(), all.isEmpty());
  }

  /**
   * @param set that was applied just now; nobody else's is proposed to be changed
   * @param vacant whether there is no set at all
   */
  List<String> lines(Optional<JsonNode> set, boolean vacant) {
    String option = new DataDirOption().again(directory);
    String command = kubectl ? "  kubectl " : "  ordinal ";
    String end = kubectl ? "" : option;
    List<String> lines = new ArrayList<>();
    if (kubectl) lines.add("  export KUBECONFIG=" + directory.kubeconfig());
    if (set.isPresent()) {
      String name = set.get().path("metadata").path("name").asString();
      String namespace = set.get().path("metadata").path("namespace").asString("default");
      String where = (namespace.equals("default") ? "" : " -n " + namespace) + end;
      lines.add(command + "get statefulsets,pods,pvc" + where);
      lines.add(command + "logs " + name + "-0" + where);
      lines.add(command + "scale statefulset " + name + " --replicas=5" + where);
    } else if (vacant) {
      lines.add(command + "apply -f " + examples.resolve("counter.yaml") + end);
      lines.add(command + "get statefulsets,pods,pvc" + end);
    } else {
      lines.add(command + "get statefulsets,pods,pvc -A" + end);
    }
    lines.add("  ordinal down" + option + "      stop the member; the workloads go on");
    lines.add("  ordinal down --stop-workloads" + option + "      stop everything");
    return lines;
  }
}
