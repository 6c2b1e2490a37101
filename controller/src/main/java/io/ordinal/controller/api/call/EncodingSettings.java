package io.ordinal.controller.api.call;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
import java.time.Duration;

/**
 * Settings of {@code ordinal.api.encoding}.
 *
 * @param packFromBytes smaller answers are not packed
 * @param yamlLimitBytes of JSON that is printed as YAML
 * @param yamlPatience how long an answer that is to be printed may take to come together
 */
public record EncodingSettings(long packFromBytes, long yamlLimitBytes, Duration yamlPatience) {
  private static final Section OURS = new Section("ordinal.api.encoding");

  public EncodingSettings {
    OURS.positive("pack-from", packFromBytes);
    OURS.positive("yaml-limit", yamlLimitBytes);
    OURS.positive("yaml-patience", yamlPatience);
  }

  /**
   * @param config of {@code ordinal.api.encoding}
   */
  public static EncodingSettings from(Config config) {
    return new EncodingSettings(
        config.getBytes("pack-from"),
        config.getBytes("yaml-limit"),
        config.getDuration("yaml-patience"));
  }
}
