package io.ordinal.controller.api.cluster;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.RecordKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may have a certificate of the cluster. A member whose record is removed cannot have its
 * certificate renewed.
 *
 * @param addresses that its certificate is for, and from which it speaks
 * @param key that it joined with, by which it is known when it asks again; empty for a founder
 * @param copy of the store, once it asked for a vote
 * @param lost whether that copy was lost, and must not get its vote any more
 */
public record MemberRecord(
    String name,
    JoinRole role,
    List<String> addresses,
    Instant joined,
    String key,
    Optional<UUID> copy,
    boolean lost) {
  static final String FAMILY = "member";
  private static final String ADDRESS_FAMILY = "member-address";

  public MemberRecord {
    addresses = List.copyOf(addresses);
  }

  public static RecordKey key(String name) {
    return new RecordKey(FAMILY, name);
  }

  /** A controller that founded the cluster. */
  public static MemberRecord founder(String name, List<String> addresses, Instant now) {
    return new MemberRecord(name, JoinRole.CONTROLLER, addresses, now, "", Optional.empty(), false);
  }

  /** Written with every record of a member at this address, so that no two begin to have it. */
  static RecordKey addressKey(String address) {
    return new RecordKey(ADDRESS_FAMILY, address);
  }

  MemberRecord withCopy(UUID id) {
    return new MemberRecord(name, role, addresses, joined, key, Optional.of(id), false);
  }

  MemberRecord at(List<String> others) {
    return new MemberRecord(name, role, others, joined, key, copy, lost);
  }

  /** With no copy there is none to lose. */
  MemberRecord withoutCopy() {
    return new MemberRecord(name, role, addresses, joined, key, copy, copy.isPresent());
  }

  /** Whether it asks a vote for this copy. */
  boolean asksFor(UUID id) {
    return !lost && copy.equals(Optional.of(id));
  }

  boolean isAt(List<String> others) {
    return addresses.equals(others) && role == JoinRole.CONTROLLER;
  }

  /** Whether this is the word of the same machine, which did not hear the answer perhaps. */
  boolean isOf(String asked, JoinRole wanted, String shown) {
    return name.equals(asked) && role == wanted && !key.isEmpty() && key.equals(shown);
  }

  public byte[] bytes() {
    ObjectNode tree = Json.object();
    tree.put("name", name);
    tree.put("role", role.word());
    ArrayNode list = tree.putArray("addresses");
    addresses.forEach(list::add);
    tree.put("joined", joined.toString());
    if (!key.isEmpty()) tree.put("key", key);
    copy.ifPresent(each -> tree.put("copy", each.toString()));
    if (lost) tree.put("lost", true);
    return Json.bytes(tree);
  }

  static MemberRecord of(byte[] bytes) {
    ObjectNode tree = Json.object(bytes);
    return new MemberRecord(
        tree.required("name").asString(),
        JoinRole.of(tree.required("role").asString()),
        strings(tree.required("addresses")),
        Instant.parse(tree.required("joined").asString()),
        tree.path("key").asString(""),
        Optional.of(tree.path("copy").asString(""))
            .filter(each -> !each.isEmpty())
            .map(UUID::fromString),
        tree.path("lost").asBoolean(false));
  }

  Signer.Subject subject() {
    return new Signer.Subject(name, role == JoinRole.CONTROLLER, addresses);
  }

  static List<String> strings(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asString).toList();
  }
}
