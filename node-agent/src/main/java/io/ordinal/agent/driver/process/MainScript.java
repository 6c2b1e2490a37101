package io.ordinal.agent.driver.process;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The shell text that becomes a container's first process. It holds secrets. */
final class MainScript {
  private static final String NO_CAPABILITIES = "setpriv --inh-caps=-all --ambient-caps=-all ";

  private MainScript() {}

  /**
   * @param dropsCapabilities the shell has those of its user namespace, which the container must
   *     not
   */
  static String render(
      Map<String, String> env, String workingDir, List<String> command, boolean dropsCapabilities) {
    StringBuilder script = new StringBuilder();
    env.forEach(
        (name, value) -> {
          if (!ShellText.isName(name)) return;
          script.append("export ").append(name).append('=').append(ShellText.quoted(value));
          script.append('\n');
        });
    script
        .append("cd ")
        .append(ShellText.quoted(workingDir))
        .append(" || exit 126\nunset OLDPWD\n");
    script.append("exec ");
    if (dropsCapabilities) script.append(NO_CAPABILITIES);
    script.append(unusual(env)).append(ShellText.words(command)).append('\n');
    return script.toString();
  }

  /** Names that a shell cannot hold, such as with a dot. Their values show on a command line. */
  private static String unusual(Map<String, String> env) {
    String words =
        env.entrySet().stream()
            .filter(entry -> !ShellText.isName(entry.getKey()))
            .map(entry -> ShellText.quoted(entry.getKey() + "=" + entry.getValue()) + " ")
            .collect(Collectors.joining());
    return words.isEmpty() ? "" : "env " + words;
  }
}
