package io.ordinal.controller.api.cluster;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.RecordKey;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may have a certificate of the cluster. A member whose record is removed cannot have its
 * certificate renewed.
 *
 * @param addresses that its certificate is for
 */
public record MemberRecord(String name, JoinRole role, List<String> addresses, Instant joined) {
  static final String FAMILY = "member";

  public MemberRecord {
    addresses = List.copyOf(addresses);
  }

  public static RecordKey key(String name) {
    return new RecordKey(FAMILY, name);
  }

  public byte[] bytes() {
    ObjectNode tree = Json.object();
    tree.put("name", name);
    tree.put("role", role.word());
    ArrayNode list = tree.putArray("addresses");
    addresses.forEach(list::add);
    tree.put("joined", joined.toString());
    return Json.bytes(tree);
  }

  static MemberRecord of(byte[] bytes) {
    ObjectNode tree = Json.object(bytes);
    return new MemberRecord(
        tree.required("name").asString(),
        JoinRole.of(tree.required("role").asString()),
        strings(tree.required("addresses")),
        Instant.parse(tree.required("joined").asString()));
  }

  Signer.Subject subject() {
    return new Signer.Subject(name, role == JoinRole.CONTROLLER, addresses);
  }

  static List<String> strings(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asString).toList();
  }
}
