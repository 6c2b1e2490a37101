package io.ordinal.tests.hosts;

import io.ordinal.tests.KubectlVersion;
import io.ordinal.tests.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A kubectl, and by which protocol it leads streams. */
enum KubectlTool {
  /** The one on the path. */
  WEB_SOCKET("true"),
  /** Debian's, of years ago, which knows nothing else than SPDY. */
  OLDER("false");

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private final String webSockets;

  KubectlTool(String webSockets) {
    this.webSockets = webSockets;
  }

  /** Whether this machine has it. */
  boolean isHere() {
    return this == OLDER ? KubectlVersion.hasOlder() : KubectlVersion.isRecent();
  }

  Map<String, String> environment() {
    return Map.of(
        "KUBECTL_REMOTE_COMMAND_WEBSOCKETS", webSockets,
        "KUBECTL_PORT_FORWARD_WEBSOCKETS", webSockets);
  }

  /** The whole command, to one controller. */
  List<String> line(LabCluster cluster, int controller, List<String> words) {
    List<String> line = new ArrayList<>(cluster.kubectlWords(controller));
    if (this == OLDER) line.set(0, KubectlVersion.older().orElseThrow() + "/kubectl");
    line.addAll(words);
    return line;
  }

  /** Waits for its end. */
  Shell.Result run(LabCluster cluster, int controller, String input, List<String> words) {
    Map<String, String> variables = new HashMap<>(environment());
    variables.put("KUBECONFIG", cluster.kubeconfig().toString());
    return Shell.run(variables, PATIENCE, input, line(cluster, controller, words));
  }
}
