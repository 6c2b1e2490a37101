package io.ordinal.controller.api.write;

import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.kind.ResourceKind;
import java.util.List;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was posted where nothing is stored of it: a review, a request for a token.
 *
 * @param tree belongs to the reader
 * @param warnings for the sender
 */
public record Posted(ObjectNode tree, List<String> warnings, boolean dryRun) {
  /**
   * Collects and checks a body.
   *
   * @param kind that it must be of
   */
  public static CompletionStage<Posted> of(Bodies bodies, Call call, ResourceKind kind) {
    call.form();
    WriteOptions options = WriteOptions.parse(call.query(), "CreateOptions");
    return bodies
        .collect(call.http())
        .thenApply(
            body -> {
              Intake.Accepted accepted =
                  Intake.accept(kind, Bodies.object(body), options.strictness());
              return new Posted(accepted.tree(), accepted.warnings(), options.dryRun());
            });
  }
}
