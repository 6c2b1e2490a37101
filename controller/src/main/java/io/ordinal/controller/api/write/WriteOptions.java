package io.ordinal.controller.api.write;

import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.model.Verdict.Cause;
import java.util.List;

/**
 * How a write was asked for.
 *
 * @param dryRun everything but the storing
 */
public record WriteOptions(boolean dryRun, Strictness strictness) {
  /** What becomes of fields that the kind does not have, or that are given twice. */
  public enum Strictness {
    STRICT,
    WARN,
    IGNORE
  }

  /**
   * @param options the name of the options for messages, such as CreateOptions
   */
  public static WriteOptions parse(Query query, String options) {
    return new WriteOptions(dryRun(query.all("dryRun"), options), strictness(query, options));
  }

  static boolean dryRun(List<String> values, String options) {
    List<String> given = values.stream().filter(each -> !each.isEmpty()).toList();
    if (given.isEmpty()) return false;
    if (given.stream().allMatch(each -> each.equals("All"))) return true;
    String shown = "[]string{\"" + String.join("\", \"", given) + "\"}";
    throw Refusal.invalid(
        "meta.k8s.io",
        options,
        "",
        List.of(
            new Cause(
                "FieldValueNotSupported",
                "Unsupported value: " + shown + ": supported values: \"All\"",
                "dryRun")));
  }

  private static Strictness strictness(Query query, String options) {
    String asked = query.get("fieldValidation").orElse("Warn");
    return switch (asked) {
      case "Strict" -> Strictness.STRICT;
      case "Warn" -> Strictness.WARN;
      case "Ignore" -> Strictness.IGNORE;
      default ->
          throw Refusal.invalid(
              "meta.k8s.io",
              options,
              "",
              List.of(
                  new Cause(
                      "FieldValueNotSupported",
                      "Unsupported value: \""
                          + asked
                          + "\": supported values: \"Ignore\", \"Strict\", \"Warn\"",
                      "fieldValidation")));
    };
  }
}
