package io.ordinal.controller.api.apply;

import io.ordinal.controller.model.Verdict.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says whose fields an apply would overwrite, in the words of Kubernetes. */
final class Conflicts {
  private Conflicts() {}

  /**
   * @param conflicts by owner, in the order to tell them
   */
  static Applied.Conflicted of(Map<FieldOwner, FieldSet> conflicts) {
    List<Cause> causes = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    conflicts.forEach(
        (owner, fields) -> {
          lines.append(lines.isEmpty() ? "" : "\n");
          lines.append("conflicts with ").append(shown(owner)).append(":");
          fields.forEach(
              path -> {
                causes.add(
                    new Cause("FieldManagerConflict", "conflict with " + shown(owner), path));
                lines.append("\n- ").append(path);
              });
        });
    String message =
        causes.size() == 1
            ? "1 conflict: " + causes.get(0).message() + ": " + causes.get(0).field()
            : causes.size() + " conflicts: " + lines;
    return new Applied.Conflicted("Apply failed with " + message, causes);
  }

  private static String shown(FieldOwner owner) {
    String shown = "\"" + owner.name() + "\"";
    if (!owner.subresource().isEmpty()) {
      shown += " with subresource \"" + owner.subresource() + "\"";
    }
    return owner.applies() ? shown : shown + " using " + owner.version();
  }
}
