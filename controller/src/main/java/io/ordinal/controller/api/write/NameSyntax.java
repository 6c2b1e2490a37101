package io.ordinal.controller.api.write;

import io.ordinal.controller.api.kind.ResourceKind.NameRule;
import java.util.Optional;
import java.util.regex.Pattern;

/** The syntax of names, labels and annotation keys, with the faults in the words of Kubernetes. */
final class NameSyntax {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern LABEL_1035 = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern QUALIFIED =
      Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final int MOST_LABEL_CHARS = 63;
  private static final int MOST_SUBDOMAIN_CHARS = 253;

  private static final String SUBDOMAIN_TEXT =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is '"
          + SUBDOMAIN.pattern()
          + "')";
  private static final String LABEL_TEXT =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
          + " regex used for validation is '"
          + LABEL.pattern()
          + "')";
  private static final String LABEL_1035_TEXT =
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
          + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
          + " 'abc-123', regex used for validation is '"
          + LABEL_1035.pattern()
          + "')";
  private static final String QUALIFIED_TEXT =
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end"
          + " with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex"
          + " used for validation is '"
          + QUALIFIED.pattern()
          + "')";
  private static final String VALUE_TEXT =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is '("
          + QUALIFIED.pattern()
          + ")?')";

  private NameSyntax() {}

  /** What is wrong with the name of an object, if anything. */
  static Optional<String> name(NameRule rule, String name) {
    return switch (rule) {
      case DNS_SUBDOMAIN -> subdomain(name);
      case DNS_LABEL -> matches(LABEL, name, MOST_LABEL_CHARS, LABEL_TEXT);
      case DNS_1035_LABEL -> matches(LABEL_1035, name, MOST_LABEL_CHARS, LABEL_1035_TEXT);
      case PATH_SEGMENT -> pathSegment(name);
    };
  }

  /** A prefix becomes a name by what is added to it, so it may end as no name may. */
  static Optional<String> prefix(NameRule rule, String prefix) {
    String closed = prefix.endsWith("-") ? prefix.substring(0, prefix.length() - 1) + "a" : prefix;
    return name(rule, closed);
  }

  /** What is wrong with the key of a label or annotation, or with a finalizer. */
  static Optional<String> qualified(String key) {
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    if (slash >= 0) {
      String prefix = key.substring(0, slash);
      if (prefix.isEmpty()) return Optional.of("prefix part must be non-empty");
      Optional<String> fault = subdomain(prefix).map(text -> "prefix part " + text);
      if (fault.isPresent()) return fault;
    }
    if (name.isEmpty()) return Optional.of("name part must be non-empty");
    if (name.length() > MOST_LABEL_CHARS) {
      return Optional.of("name part must be no more than 63 characters");
    }
    return QUALIFIED.matcher(name).matches() ? Optional.empty() : Optional.of(QUALIFIED_TEXT);
  }

  static Optional<String> labelValue(String value) {
    if (value.length() > MOST_LABEL_CHARS) return tooLong(MOST_LABEL_CHARS);
    boolean valid = value.isEmpty() || QUALIFIED.matcher(value).matches();
    return valid ? Optional.empty() : Optional.of(VALUE_TEXT);
  }

  private static Optional<String> subdomain(String name) {
    return matches(SUBDOMAIN, name, MOST_SUBDOMAIN_CHARS, SUBDOMAIN_TEXT);
  }

  private static Optional<String> pathSegment(String name) {
    if (name.equals(".") || name.equals("..")) return Optional.of("may not be '" + name + "'");
    if (name.contains("/")) return Optional.of("may not contain '/'");
    if (name.contains("%")) return Optional.of("may not contain '%'");
    return Optional.empty();
  }

  private static Optional<String> matches(Pattern syntax, String name, int most, String text) {
    if (name.length() > most) return tooLong(most);
    return syntax.matcher(name).matches() ? Optional.empty() : Optional.of(text);
  }

  private static Optional<String> tooLong(int most) {
    return Optional.of("must be no more than " + most + " characters");
  }
}
