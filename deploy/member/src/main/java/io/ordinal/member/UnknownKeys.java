package io.ordinal.member;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells keys that nothing reads: mistyped ones, whose values would count for nothing without a
 * word. What Ordinal knows stands in the modules' reference.conf.
 */
final class UnknownKeys {
  private static final String OURS = "ordinal";

  /** Whatever {@code pekko.http} has may be overridden there. */
  private static final String HTTP = "ordinal.api.http";

  private static final int A_SLIP = 2;

  private final List<String> found = new ArrayList<>();

  /** Every known key, and whether it is a section. */
  private final Map<String, Boolean> all = new TreeMap<>();

  private UnknownKeys() {
    Config known = ConfigFactory.defaultReference();
    collect(OURS, known.getObject(OURS));
    collect(HTTP, known.getObject("pekko.http"));
  }

  /**
   * @param said the operator's words
   * @throws WrongSettings when some are no settings; the message names them and the nearest ones
   */
  static void refuse(Config said) {
    UnknownKeys keys = new UnknownKeys();
    keys.beside(MemberConfig.said(said).root());
    if (!keys.found.isEmpty()) throw new WrongSettings(String.join("; ", keys.found));
  }

  /** Other names may stand for what is substituted, but not those that look like a slip. */
  private void beside(ConfigObject said) {
    for (Map.Entry<String, ConfigValue> each : said.entrySet()) {
      String key = each.getKey();
      if (key.equals(OURS)) {
        if (each.getValue() instanceof ConfigObject below) within(OURS, below);
      } else if (distance(key, OURS) <= A_SLIP) {
        tell(key, each.getValue(), OURS);
      }
    }
  }

  private void within(String path, ConfigObject said) {
    for (Map.Entry<String, ConfigValue> each : said.entrySet()) {
      String key = path + "." + each.getKey();
      boolean section = each.getValue() instanceof ConfigObject;
      if (!all.containsKey(key)) {
        tell(key, each.getValue(), nearest(key, section));
      } else if (section) {
        within(key, (ConfigObject) each.getValue());
      }
    }
  }

  private void tell(String key, ConfigValue value, String nearest) {
    found.add(
        "%s: %s is no setting of Ordinal; the nearest is %s"
            .formatted(Blame.place(value.origin()), key, nearest));
  }

  private void collect(String path, ConfigObject section) {
    for (Map.Entry<String, ConfigValue> each : section.entrySet()) {
      String key = path + "." + each.getKey();
      boolean below = each.getValue() instanceof ConfigObject;
      all.put(key, below);
      if (below) collect(key, (ConfigObject) each.getValue());
    }
  }

  /** The same word in another section is nearer than another word. */
  private String nearest(String key, boolean section) {
    return all.entrySet().stream()
        .filter(each -> each.getValue() == section)
        .map(Map.Entry::getKey)
        .min(
            Comparator.comparing((String each) -> !last(each).equals(last(key)))
                .thenComparing(each -> distance(each, key)))
        .orElseThrow();
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** How many letters must be put in, taken out or changed. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int column = 0; column < row.length; column++) row[column] = column;
    for (int line = 1; line <= one.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int same = one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1;
        int least = Math.min(Math.min(row[column], row[column - 1]) + 1, diagonal + same);
        diagonal = row[column];
        row[column] = least;
      }
    }
    return row[other.length()];
  }
}
