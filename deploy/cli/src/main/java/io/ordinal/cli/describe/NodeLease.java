package io.ordinal.cli.describe;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The lease by which a node says that it lives.
 *
 * @param found what it is, unless it could not be had
 * @param refusal the server's words why not; empty otherwise
 */
record NodeLease(Optional<JsonNode> found, String refusal) {
  static NodeLease of(JsonNode lease) {
    return new NodeLease(Optional.of(lease), "");
  }

  static NodeLease refused(String why) {
    return new NodeLease(Optional.empty(), why);
  }

  void write(Sheet sheet) {
    if (found.isEmpty()) {
      sheet.line(0, "Lease:", "Failed to get lease: " + refusal);
      return;
    }
    JsonNode spec = found.get().path("spec");
    sheet.line(0, "Lease:");
    String holder = Texts.of(spec.path("holderIdentity"));
    sheet.line(1, "HolderIdentity:", holder.isEmpty() ? "<unset>" : holder);
    sheet.line(1, "AcquireTime:", time(spec.path("acquireTime")));
    sheet.line(1, "RenewTime:", time(spec.path("renewTime")));
  }

  private static String time(JsonNode time) {
    return Texts.of(time).isEmpty() ? "<unset>" : Texts.time(time);
  }
}
