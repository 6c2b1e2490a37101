package io.ordinal.agent.workload;

import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.protocol.agent.ContainerOrder.EnvOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolves a container's environment: fields that only the node knows, and {@code $(NAME)}. */
final class Environment {
  private static final Pattern REFERENCE = Pattern.compile("\\$(\\$|\\(([^()]+)\\))");

  private Environment() {}

  /**
   * @param fields values by field path
   */
  static Map<String, String> resolve(List<EnvOrder> orders, Map<String, String> fields) {
    Map<String, String> resolved = new LinkedHashMap<>();
    for (EnvOrder order : orders) {
      String value = valueOf(order, fields, resolved);
      resolved.remove(order.name()); // A later one stands where it was given, and wins.
      resolved.put(order.name(), value);
    }
    return resolved;
  }

  private static String valueOf(
      EnvOrder order, Map<String, String> fields, Map<String, String> earlier) {
    if (order instanceof EnvOrder.Value value) return expand(value.value(), earlier);
    String path = ((EnvOrder.Field) order).fieldPath();
    String value = fields.get(path);
    if (value != null) return value;
    throw new LaunchRefused(
        "CreateContainerConfigError",
        "environment variable " + order.name() + " refers to " + path + ", which is not known");
  }

  /** {@code $$} is a dollar sign; a reference to a name that is not known stays as it stands. */
  private static String expand(String text, Map<String, String> earlier) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder expanded = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(2);
      String value = name == null ? "$" : earlier.getOrDefault(name, matcher.group());
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(expanded).toString();
  }
}
