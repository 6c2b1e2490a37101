package io.ordinal.cli;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: 30s, 10m, 12h, 7d. */
final class Durations implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    try {
      return ConfigFactory.empty()
          .withValue("given", ConfigValueFactory.fromAnyRef(text))
          .getDuration("given");
    } catch (ConfigException wrong) {
      throw new TypeConversionException(
          "expected a duration such as 30m, 12h or 7d, found '" + text + "'");
    }
  }
}
