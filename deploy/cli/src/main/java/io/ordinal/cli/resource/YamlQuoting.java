package io.ordinal.cli.resource;

import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/**
 * Quotes every text that a reader of YAML 1.1 or 1.2 would take for something else than text: in
 * Kubernetes' world both are common. See the types of yaml.org/type, and the core schema of YAML
 * 1.2.
 */
final class YamlQuoting extends StringQuotingChecker.Default {
  private static final long serialVersionUID = 1L;
  private static final Set<String> MARKS = Set.of("=", "<<");
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?("
              + "0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+"
              + "|[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?" // To the base of 60.
              + "|(\\.[0-9][0-9_]*|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?"
              + "|\\.(inf|Inf|INF))"
              + "|\\.(nan|NaN|NAN)");
  private static final Pattern TIME =
      Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \\t].*)?");

  @Override
  public boolean needToQuoteName(String name) {
    return isOther(name) || super.needToQuoteName(name);
  }

  @Override
  public boolean needToQuoteValue(String value) {
    return isOther(value) || super.needToQuoteValue(value);
  }

  private static boolean isOther(String text) {
    return MARKS.contains(text) || NUMBER.matcher(text).matches() || TIME.matcher(text).matches();
  }
}
