package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.agent.driver.LaunchSpec;
import io.ordinal.agent.driver.LaunchSpec.Mount;
import io.ordinal.agent.driver.catalogue.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a container runs: its own command, or the image's, as Kubernetes combines them. */
final class ContainerCommand {
  private ContainerCommand() {}

  static List<String> of(LaunchSpec spec, Image image, Map<String, String> env) {
    List<String> words = new ArrayList<>();
    boolean own = !spec.command().isEmpty();
    words.addAll(own ? spec.command() : image.entrypoint());
    if (!spec.args().isEmpty()) words.addAll(spec.args());
    else if (!own) words.addAll(image.args());
    if (words.isEmpty()) {
      throw new LaunchRefused(
          "CreateContainerError",
          "no command: neither the container nor image " + spec.image() + " has one");
    }
    return words.stream().map(word -> Expansion.expand(word, env)).toList();
  }

  /**
   * Refuses a command that is surely not there; one relative to the working directory is left to
   * the shell.
   */
  static void check(String command, LaunchSpec spec, Path root, Map<String, String> env) {
    if (command.startsWith("/")) {
      if (executable(command, spec, root)) return;
    } else if (command.contains("/")) {
      return;
    } else {
      for (String directory : env.get("PATH").split(":")) {
        if (executable(directory + "/" + command, spec, root)) return;
      }
    }
    throw new LaunchRefused(
        "RunContainerError", "exec: \"" + command + "\": executable file not found in $PATH");
  }

  private static boolean executable(String command, LaunchSpec spec, Path root) {
    Path path = Path.of(command).normalize();
    Path best = null;
    Path real = root.resolve(Path.of("/").relativize(path.toAbsolutePath()));
    for (Mount mount : spec.mounts()) {
      Path at = Path.of(mount.mountPath()).normalize();
      if (!path.startsWith(at) || best != null && !at.startsWith(best)) continue;
      best = at;
      real = mount.source().resolve(at.relativize(path));
    }
    // An image's own links may be absolute, and mean its root: what is a link is left to the shell.
    return Files.isExecutable(real) && !Files.isDirectory(real) || Files.isSymbolicLink(real);
  }
}
