package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.http.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a machine that wants to join says of itself.
 *
 * @param addresses where the others will reach it
 * @param certificateRequest PKCS #10, as PEM
 */
record JoinRequest(String name, JoinRole role, List<String> addresses, String certificateRequest) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

  /**
   * @throws io.ordinal.controller.api.http.StatusException 400 that names the field
   */
  static JoinRequest of(ObjectNode tree) {
    String name = text(tree, "name");
    if (!NAME.matcher(name).matches()) {
      throw Refusal.badRequest("name: expected a DNS subdomain name, found '" + name + "'");
    }
    List<String> addresses = MemberRecord.strings(tree.path("addresses"));
    if (addresses.isEmpty()
        || !addresses.stream().allMatch(each -> ADDRESS.matcher(each).matches()))
      throw Refusal.badRequest("addresses: expected IP addresses, found " + addresses);
    return new JoinRequest(name, role(text(tree, "role")), addresses, text(tree, "request"));
  }

  /**
   * @param key of the certificate request
   */
  MemberRecord record(String key, Instant now) {
    return new MemberRecord(name, role, addresses, now, key, Optional.empty(), false);
  }

  private static JoinRole role(String word) {
    try {
      return JoinRole.of(word);
    } catch (IllegalArgumentException wrong) {
      throw Refusal.badRequest("role: " + wrong.getMessage());
    }
  }

  private static String text(ObjectNode tree, String field) {
    String text = tree.path(field).asString("");
    if (text.isEmpty()) throw Refusal.badRequest(field + ": expected a text, found none");
    return text;
  }
}
