package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.LaunchSpec;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a container's processes find in their environment; nothing of the agent's own. */
final class Environment {
  private static final String VOLUME = "ORDINAL_VOLUME_";

  private Environment() {}

  /**
   * The container's own variables win over PATH, HOME and HOSTNAME, never over those of Ordinal.
   *
   * @param mounted whether volumes stand at their mountPath; otherwise ORDINAL_VOLUME_ says where
   *     they really are
   */
  static Map<String, String> of(
      LaunchSpec spec, ProcessSettings settings, boolean mounted, String marker) {
    Map<String, String> env = new LinkedHashMap<>();
    env.put("PATH", settings.path());
    env.put("HOME", settings.home());
    env.put("HOSTNAME", spec.hostname());
    env.putAll(spec.env());
    env.put("ORDINAL_NAME", spec.run().replica().name());
    env.put("ORDINAL_NAMESPACE", spec.run().replica().namespace());
    if (!spec.set().isEmpty()) env.put("ORDINAL_SET", spec.set());
    if (spec.ordinal() >= 0) env.put("ORDINAL_ORDINAL", Integer.toString(spec.ordinal()));
    env.put("ORDINAL_INCARNATION", spec.run().incarnation().toString());
    env.put("ORDINAL_ADDRESS", spec.address());
    env.put("ORDINAL_RUN", marker);
    Map<String, String> volumes = new LinkedHashMap<>();
    for (LaunchSpec.Mount mount : spec.mounts()) {
      String place = mounted ? mount.mountPath() : mount.source().toString();
      volumes.putIfAbsent(volumeVariable(mount.volume()), place);
    }
    env.putAll(volumes);
    return env;
  }

  static String volumeVariable(String volume) {
    return VOLUME + volume.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
