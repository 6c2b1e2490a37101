package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.LaunchSpec.Mount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What this machine lets the driver do.
 *
 * @param tree how a run's processes are ended as a whole
 * @param mounts whether volumes can stand at their mountPath
 * @param userNamespace whether a user namespace is needed for that (the agent is not root)
 */
record Abilities(Tree tree, boolean mounts, boolean userNamespace) {
  /** How a run's processes are ended as a whole. */
  enum Tree {
    NAMESPACE,
    SWEEP
  }

  static final Abilities NONE = new Abilities(Tree.SWEEP, false, false);

  /** The command that enters new namespaces; the command to run there follows. */
  List<String> unshare() {
    return userNamespace
        ? List.of(
            "unshare",
            "--map-current-user",
            "--keep-caps",
            "--fork",
            "--pid",
            "--mount",
            "--uts",
            "--kill-child",
            "--")
        : List.of("unshare", "--fork", "--pid", "--mount", "--uts", "--kill-child", "--");
  }

  /** What is said of a container whose volumes cannot stand where it wants them. */
  Optional<String> shortfall(List<Mount> wanted) {
    if (mounts || wanted.isEmpty()) return Optional.empty();
    String places =
        wanted.stream()
            .map(mount -> mount.mountPath() + " as $" + Environment.volumeVariable(mount.volume()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        "this node has no mount namespaces (user namespaces are off): volumes do not stand at their"
            + " mountPath, the container finds "
            + places);
  }

  /** For the node's status. */
  Map<String, String> traits() {
    Map<String, String> traits = new TreeMap<>();
    traits.put("treeKill", tree == Tree.NAMESPACE ? "pid-namespace" : "environment-sweep");
    traits.put("mountNamespaces", Boolean.toString(mounts));
    traits.put("userNamespaces", Boolean.toString(userNamespace));
    return traits;
  }
}
