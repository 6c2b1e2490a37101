package io.ordinal.controller.api.stream;

import io.ordinal.controller.document.Json;
import tools.jackson.databind.node.ObjectNode;

/** How a process ended, as clients of streams are told: a metav1.Status without kind. Pure. */
final class ExitStatus {
  private ExitStatus() {}

  static byte[] exited(int code) {
    if (code == 0) {
      ObjectNode tree = empty();
      tree.put("status", "Success");
      return Json.bytes(tree);
    }
    ObjectNode tree = failure("command terminated with non-zero exit code: exit status " + code);
    tree.put("reason", "NonZeroExitCode");
    ObjectNode cause = tree.putObject("details").putArray("causes").addObject();
    cause.put("reason", "ExitCode");
    cause.put("message", Integer.toString(code));
    return Json.bytes(tree);
  }

  static byte[] failed(String message) {
    ObjectNode tree = failure(message);
    tree.put("reason", "InternalError");
    tree.put("code", 500);
    return Json.bytes(tree);
  }

  private static ObjectNode failure(String message) {
    ObjectNode tree = empty();
    tree.put("status", "Failure");
    tree.put("message", message);
    return tree;
  }

  private static ObjectNode empty() {
    ObjectNode tree = Json.object();
    tree.putObject("metadata");
    return tree;
  }
}
