package io.ordinal.member;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.ordinal.agent.boot.Agent;
import io.ordinal.controller.boot.ControllerSettings;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads every setting of every module before anything is opened, so that a wrong one is told at
 * once and in one line, whatever part would have come upon it later.
 */
final class SettingsCheck {
  private static final String OURS = "ordinal";
  private static final Pattern DURATION = Pattern.compile("\\d+(ns|us|ms|s|m|h|d)");

  private SettingsCheck() {}

  /**
   * @param said the operator's words
   * @throws WrongSettings when one of them is unknown, or cannot be used
   */
  static MemberSettings whole(Config said) {
    return Blame.of(
        said,
        words -> {
          UnknownKeys.refuse(words);
          return read(words);
        });
  }

  /** Every value, whether its key is known or not. */
  static MemberSettings read(Config said) {
    MemberSettings settings = MemberSettings.of(said);
    Config config = settings.config();
    notNegative(config, OURS, ConfigFactory.defaultReference().getObject(OURS));
    ControllerSettings.check(config);
    Agent.check(config);
    return settings;
  }

  /** No number and no time of Ordinal's has a meaning below zero. */
  private static void notNegative(Config config, String path, ConfigObject defaults) {
    for (Map.Entry<String, ConfigValue> each : defaults.entrySet()) {
      String key = path + "." + each.getKey();
      if (each.getValue() instanceof ConfigObject below) notNegative(config, key, below);
      else if (isNegative(config, key, each.getValue())) {
        throw new ConfigException.BadValue(
            config.getValue(key).origin(), key, "it must not be negative");
      }
    }
  }

  private static boolean isNegative(Config config, String key, ConfigValue usual) {
    if (usual.valueType() == ConfigValueType.NUMBER) return config.getDouble(key) < 0;
    boolean time =
        usual.valueType() == ConfigValueType.STRING
            && DURATION.matcher((String) usual.unwrapped()).matches();
    return time && config.getDuration(key).isNegative();
  }
}
