package io.ordinal.controller.api.apply;

import io.ordinal.controller.model.Verdict.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says whose fields an apply would overwrite, in the words of Kubernetes. */
final class Conflicts {
  /** More are not told: each may be as long as a path is. */
  private static final int MOST = 1000;

  private Conflicts() {}

  /**
   * @param conflicts by owner, in the order to tell them
   */
  static Applied.Conflicted of(Map<FieldOwner, FieldSet> conflicts) {
    List<Cause> causes = new ArrayList<>();
    int[] untold = {0};
    StringBuilder lines = new StringBuilder();
    conflicts.forEach(
        (owner, fields) -> {
          lines.append(lines.isEmpty() ? "" : "\n");
          lines.append("conflicts with ").append(shown(owner)).append(":");
          fields.forEach(
              place -> {
                if (causes.size() >= MOST) {
                  untold[0]++;
                  return;
                }
                String path = place.text();
                causes.add(
                    new Cause("FieldManagerConflict", "conflict with " + shown(owner), path));
                lines.append("\n- ").append(path);
              });
        });
    String message =
        causes.size() == 1
            ? "1 conflict: " + causes.get(0).message() + ": " + causes.get(0).field()
            : causes.size() + untold[0] + " conflicts: " + lines;
    if (untold[0] > 0) message += "\n- and " + untold[0] + " more";
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
