package io.ordinal.controller.api.http;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.Verdict.Cause;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@code metav1.Status} that says what went wrong.
 *
 * @param reason as clients match it, such as NotFound; may be empty
 * @param details empty only where Kubernetes sends none
 */
public record Status(int code, String reason, String message, Optional<Details> details) {
  /**
   * @param kind the plural for lookups, the Kind for validation
   * @param retryAfterSeconds 0 for none
   */
  public record Details(
      String name,
      String group,
      String kind,
      String uid,
      List<Cause> causes,
      int retryAfterSeconds) {
    public static final Details NONE = new Details("", "", "", "", List.of(), 0);

    ObjectNode tree() {
      ObjectNode tree = Json.object();
      if (!name.isEmpty()) tree.put("name", name);
      if (!group.isEmpty()) tree.put("group", group);
      if (!kind.isEmpty()) tree.put("kind", kind);
      if (!uid.isEmpty()) tree.put("uid", uid);
      if (!causes.isEmpty()) {
        ArrayNode list = tree.putArray("causes");
        for (Cause cause : causes) {
          ObjectNode entry = list.addObject();
          if (!cause.reason().isEmpty()) entry.put("reason", cause.reason());
          entry.put("message", cause.message());
          if (!cause.field().isEmpty()) entry.put("field", cause.field());
        }
      }
      if (retryAfterSeconds > 0) tree.put("retryAfterSeconds", retryAfterSeconds);
      return tree;
    }
  }

  public ObjectNode tree() {
    ObjectNode tree = envelope();
    tree.put("status", "Failure");
    tree.put("message", message);
    if (!reason.isEmpty()) tree.put("reason", reason);
    details.ifPresent(each -> tree.set("details", each.tree()));
    tree.put("code", code);
    return tree;
  }

  /** What is answered when there is no object to answer with. */
  public static ObjectNode success(Details details) {
    ObjectNode tree = envelope();
    tree.put("status", "Success");
    tree.set("details", details.tree());
    return tree;
  }

  /** Seconds for the header Retry-After, 0 for none. */
  public int retryAfterSeconds() {
    return details.map(Details::retryAfterSeconds).orElse(0);
  }

  private static ObjectNode envelope() {
    ObjectNode tree = Json.object();
    tree.put("kind", "Status");
    tree.put("apiVersion", "v1");
    tree.putObject("metadata");
    return tree;
  }
}
