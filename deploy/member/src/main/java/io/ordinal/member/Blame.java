package io.ordinal.member;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds which of the operator's keys is to blame when settings cannot be used. The readers of
 * settings know only their own section, and some compare several keys: to blame is each key without
 * which the failure would be another one, or none.
 */
final class Blame {
  private static final Pattern AT = Pattern.compile("^Invalid value at '[^']*': ");
  private static final Pattern TYPE = Pattern.compile("^.+ has type (\\w+) rather than (\\w+)$");

  private Blame() {}

  /**
   * Reads, and says it in one line when that fails.
   *
   * @throws WrongSettings when the words cannot be used
   * @throws ConfigException.IO when a file could not be read, which may pass
   */
  static <T> T of(Config said, Function<Config, T> reader) {
    try {
      return reader.apply(said);
    } catch (ConfigException.IO | WrongSettings known) {
      throw known;
    } catch (RuntimeException wrong) {
      throw new WrongSettings(line(said, wrong, reader));
    }
  }

  private static String line(Config said, RuntimeException wrong, Function<Config, ?> reader) {
    Map<String, ConfigValue> guilty = new LinkedHashMap<>();
    Config resolved = resolved(said);
    Map<String, ConfigValue> all = new LinkedHashMap<>();
    collect(List.of(), resolved.root(), all);
    all.forEach(
        (key, value) -> {
          String without = told(resolved.withoutPath(key), reader);
          if (!without.equals(wrong.toString())) guilty.put(key, value);
        });
    String reason = reason(wrong);
    if (guilty.isEmpty()) return origin(wrong).map(it -> place(it) + ": ").orElse("") + reason;
    if (guilty.size() == 1) {
      Map.Entry<String, ConfigValue> only = guilty.entrySet().iterator().next();
      String place = place(only.getValue().origin()) + ": ";
      if (reason.startsWith(only.getKey())) return place + reason;
      return place + found(only) + ": " + reason + usual(only.getKey());
    }
    return guilty.entrySet().stream()
        .map(each -> place(each.getValue().origin()) + ": " + found(each))
        .collect(Collectors.joining(", ", "", ": " + reason));
  }

  /** What an attempt with other words fails with. */
  private static String told(Config words, Function<Config, ?> reader) {
    try {
      reader.apply(words);
      return "";
    } catch (RuntimeException failure) {
      return failure.toString();
    }
  }

  /** Nothing when the words cannot be resolved: the failure tells which, and where. */
  private static Config resolved(Config said) {
    try {
      return MemberConfig.said(said);
    } catch (RuntimeException unresolved) {
      return ConfigFactory.empty();
    }
  }

  private static void collect(
      List<String> path, ConfigObject from, Map<String, ConfigValue> found) {
    for (Map.Entry<String, ConfigValue> each : from.entrySet()) {
      List<String> key = new ArrayList<>(path);
      key.add(each.getKey());
      boolean branch = each.getValue() instanceof ConfigObject below && !below.isEmpty();
      if (branch) collect(key, (ConfigObject) each.getValue(), found);
      else found.put(ConfigUtil.joinPath(key), each.getValue());
    }
  }

  /** Where a key stands, such as {@code /etc/ordinal/ordinal.conf:7}. */
  static String place(ConfigOrigin origin) {
    boolean known = origin.filename() != null && origin.lineNumber() > 0;
    return known ? origin.filename() + ":" + origin.lineNumber() : origin.description();
  }

  private static String found(Map.Entry<String, ConfigValue> each) {
    return each.getKey() + " = " + each.getValue().render(ConfigRenderOptions.concise());
  }

  private static Optional<ConfigOrigin> origin(RuntimeException wrong) {
    return wrong instanceof ConfigException known
        ? Optional.ofNullable(known.origin())
        : Optional.empty();
  }

  private static String reason(RuntimeException wrong) {
    String text = String.valueOf(wrong.getMessage());
    String where = origin(wrong).map(it -> it.description() + ": ").orElse("");
    if (text.startsWith(where)) text = text.substring(where.length());
    text = AT.matcher(text).replaceFirst("");
    Matcher type = TYPE.matcher(text);
    if (!type.matches()) return text;
    return "expected "
        + type.group(2).toLowerCase(Locale.ROOT)
        + ", found "
        + type.group(1).toLowerCase(Locale.ROOT);
  }

  private static String usual(String key) {
    Config defaults = MemberConfig.plain(ConfigFactory.empty());
    if (!defaults.hasPath(key) || defaults.getValue(key) instanceof ConfigObject) return "";
    return " (default: "
        + defaults.getValue(key).render(ConfigRenderOptions.concise()).replace("\"", "")
        + ")";
  }
}
