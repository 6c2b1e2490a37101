package io.ordinal.controller.api.write;

import io.ordinal.controller.api.apply.Writer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.document.Piece;
import io.ordinal.controller.model.Verdict.Cause;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpHeader;

/**
 * How a write was asked for.
 *
 * @param dryRun everything but the storing
 * @param owner of the fields that are written, as the client names it; may be empty
 * @param force takes fields from others
 */
public record WriteOptions(boolean dryRun, Strictness strictness, String owner, boolean force) {
  private static final int MOST_OWNER_BYTES = 128;

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
    return new WriteOptions(
        dryRun(query.all("dryRun"), options),
        strictness(query, options),
        owner(query, options),
        query.flag("force"));
  }

  /** Of an apply: its owner must have a name. */
  WriteOptions applying() {
    if (!owner.isEmpty()) return this;
    throw refusal(
        "PatchOptions",
        "FieldValueRequired",
        "Required value: is required for apply patch",
        "fieldManager");
  }

  /** Of any other patch: it takes nothing by force. */
  WriteOptions patching() {
    if (!force) return this;
    throw refusal(
        "PatchOptions",
        "FieldValueForbidden",
        "Forbidden: may not be specified for non-apply patch",
        "force");
  }

  /** Who writes: as the client says, or its program. */
  Writer writer(Call call, Instant now) {
    String name = owner.isEmpty() ? program(call) : owner;
    return new Writer(name, call.path().subresource(), now);
  }

  private static String program(Call call) {
    String agent = call.http().getHeader("User-Agent").map(HttpHeader::value).orElse("");
    int end = agent.indexOf('/');
    String name = printable(end < 0 ? agent : agent.substring(0, end));
    return Piece.first(name, MOST_OWNER_BYTES);
  }

  private static String printable(String text) {
    return text.codePoints()
        .filter(each -> each > ' ' - 1 && !Character.isISOControl(each))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String owner(Query query, String options) {
    String owner = query.get("fieldManager").orElse("");
    if (owner.getBytes(StandardCharsets.UTF_8).length > MOST_OWNER_BYTES) {
      throw refusal(
          options,
          "FieldValueTooLong",
          "Too long: may not be more than " + MOST_OWNER_BYTES + " bytes",
          "fieldManager");
    }
    if (!printable(owner).equals(owner)) {
      throw refusal(
          options,
          "FieldValueInvalid",
          "Invalid value: \"" + printable(owner) + "\": should only contain printable characters",
          "fieldManager");
    }
    return owner;
  }

  private static StatusException refusal(
      String options, String reason, String message, String field) {
    return Refusal.invalid("meta.k8s.io", options, "", List.of(new Cause(reason, message, field)));
  }

  static boolean dryRun(List<String> values, String options) {
    List<String> given = values.stream().filter(each -> !each.isEmpty()).toList();
    if (given.isEmpty()) return false;
    if (given.stream().allMatch(each -> each.equals("All"))) return true;
    String shown = "[]string{\"" + String.join("\", \"", given) + "\"}";
    throw refusal(
        options,
        "FieldValueNotSupported",
        "Unsupported value: " + shown + ": supported values: \"All\"",
        "dryRun");
  }

  private static Strictness strictness(Query query, String options) {
    String asked = query.get("fieldValidation").orElse("Warn");
    return switch (asked) {
      case "Strict" -> Strictness.STRICT;
      case "Warn" -> Strictness.WARN;
      case "Ignore" -> Strictness.IGNORE;
      default ->
          throw refusal(
              options,
              "FieldValueNotSupported",
              "Unsupported value: \""
                  + asked
                  + "\": supported values: \"Ignore\", \"Strict\", \"Warn\"",
              "fieldValidation");
    };
  }
}
