package io.ordinal.controller.api.kind;

import io.ordinal.controller.api.kind.ResourceKind.NameRule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Syntax of names, labels and keys. Every method answers what is wrong, worded as Kubernetes words
 * it; an empty list means nothing is.
 */
public final class Syntax {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final String LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
  private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String VALUE = "(" + QUALIFIED + ")?";

  private static final Rule DNS_LABEL =
      new Rule(
          LABEL,
          63,
          "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
              + " and must start and end with an alphanumeric character",
          List.of("my-name", "123-abc"));
  private static final Rule DNS_SUBDOMAIN =
      new Rule(
          SUBDOMAIN,
          253,
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
              + " or '.', and must start and end with an alphanumeric character",
          List.of("example.com"));
  private static final Rule DNS_1035 =
      new Rule(
          LABEL_1035,
          63,
          "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with"
              + " an alphabetic character, and end with an alphanumeric character",
          List.of("my-name", "abc-123"));
  private static final Rule QUALIFIED_NAME =
      new Rule(
          QUALIFIED,
          63,
          "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and"
              + " end with an alphanumeric character",
          List.of("MyName", "my.name", "123-abc"));
  private static final Rule LABEL_VALUE =
      new Rule(
          VALUE,
          63,
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
              + " '.', and must start and end with an alphanumeric character",
          List.of("MyValue", "my_value", "12345"));
  private static final Rule CONFIG_KEY =
      new Rule(
          "[-._a-zA-Z0-9]+",
          253,
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
          List.of("key.name", "KEY_NAME", "key-name"));

  private static final Pattern PRINTABLE_NAME = Pattern.compile("[ -<>-~]+");

  private Syntax() {}

  /** A name of an object, by the rule of its kind. */
  public static List<String> name(NameRule rule, String name) {
    return switch (rule) {
      case DNS_SUBDOMAIN -> subdomain(name);
      case DNS_LABEL -> dnsLabel(name);
      case DNS_1035_LABEL -> DNS_1035.check(name);
      case PATH_SEGMENT -> pathSegment(name);
    };
  }

  /** What names are made from; it may end as no name may, since something is added to it. */
  public static List<String> prefix(NameRule rule, String prefix) {
    String closed = prefix.endsWith("-") ? prefix.substring(0, prefix.length() - 1) + "a" : prefix;
    return name(rule, closed);
  }

  public static List<String> dnsLabel(String text) {
    return DNS_LABEL.check(text);
  }

  public static List<String> subdomain(String text) {
    return DNS_SUBDOMAIN.check(text);
  }

  public static List<String> labelValue(String text) {
    return LABEL_VALUE.check(text);
  }

  public static List<String> configKey(String text) {
    List<String> wrong = CONFIG_KEY.check(text);
    if (!wrong.isEmpty()) return wrong;
    if (text.equals(".")) return List.of("must not be '.'");
    if (text.equals("..")) return List.of("must not be '..'");
    return text.startsWith("..") ? List.of("must not start with '..'") : List.of();
  }

  /** A key of a label or an annotation, a finalizer, a resource: an optional prefix, a name. */
  public static List<String> qualifiedName(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length > 2) {
      return List.of(
          "a qualified name "
              + QUALIFIED_NAME.sentence().substring("name part ".length())
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    List<String> wrong = new ArrayList<>();
    if (parts.length == 2) {
      if (parts[0].isEmpty()) wrong.add("prefix part must be non-empty");
      else subdomain(parts[0]).forEach(each -> wrong.add("prefix part " + each));
    }
    String name = parts[parts.length - 1];
    if (name.isEmpty()) wrong.add("name part must be non-empty");
    for (String each : QUALIFIED_NAME.check(name)) {
      wrong.add(each.startsWith("name part") ? each : "name part " + each);
    }
    return wrong;
  }

  static List<String> variableName(String text) {
    if (PRINTABLE_NAME.matcher(text).matches()) return List.of();
    return List.of(
        "a valid environment variable name must consist only of printable ASCII characters other"
            + " than '='");
  }

  static List<String> portName(String text) {
    List<String> wrong = new ArrayList<>();
    if (text.length() > 15) wrong.add("must be no more than 15 characters");
    if (!text.matches("[-a-z0-9]*")) {
      wrong.add("must contain only alphanumeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (!text.matches(".*[a-z].*")) wrong.add("must contain at least one letter (a-z)");
    if (text.contains("--")) wrong.add("must not contain consecutive hyphens");
    if (text.startsWith("-") || text.endsWith("-")) {
      wrong.add("must not begin or end with a hyphen");
    }
    return wrong;
  }

  private static List<String> pathSegment(String text) {
    if (text.equals(".") || text.equals("..")) return List.of("may not be '" + text + "'");
    List<String> wrong = new ArrayList<>();
    if (text.contains("/")) wrong.add("may not contain '/'");
    if (text.contains("%")) wrong.add("may not contain '%'");
    return wrong;
  }

  private record Rule(String regex, int most, String what, List<String> examples) {
    List<String> check(String text) {
      List<String> wrong = new ArrayList<>();
      if (text.length() > most) wrong.add("must be no more than " + most + " characters");
      boolean tooLongToMatch = text.length() > 10 * most; // Deep recursion, and wrong anyway.
      if (!tooLongToMatch && !text.matches(regex)) wrong.add(sentence());
      return wrong;
    }

    String sentence() {
      String quoted = "'" + String.join("',  or '", examples) + "', ";
      return what + " (e.g. " + quoted + "regex used for validation is '" + regex + "')";
    }
  }
}
