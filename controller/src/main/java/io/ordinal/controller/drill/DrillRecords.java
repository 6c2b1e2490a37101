package io.ordinal.controller.drill;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillStatus.TargetStatus;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Private records of drills. All but the lock are removed once their drill is done. */
final class DrillRecords {
  static final String REPORTS = "drill-report";
  static final String LIVES = "drill-life";
  static final String WRITES = "drill-write";

  /** Says which drill may inject; there is one for the whole cluster. */
  static final RecordKey LOCK = new RecordKey("drill-lock", "current");

  private DrillRecords() {}

  /**
   * @param targets so that the faults of a drill whose object vanished can be taken back
   */
  record Lock(String uid, String name, List<TargetStatus> targets, long version) {}

  static Optional<Lock> lock(View view) {
    return view.record(LOCK).map(DrillRecords::lock);
  }

  private static Lock lock(StoredRecord stored) {
    JsonNode tree = Json.tree(stored.value());
    List<TargetStatus> targets = new ArrayList<>();
    for (JsonNode each : tree.path("targets")) {
      targets.add(Json.mapper().treeToValue(each, TargetStatus.class));
    }
    return new Lock(
        tree.path("uid").asString(""), tree.path("name").asString(""), targets, stored.version());
  }

  /** Takes the lock, unless somebody else took or left it since it was read at this version. */
  static Operation take(String uid, String name, DrillStatus status, long version) {
    ObjectNode tree = Json.object().put("uid", uid).put("name", name);
    tree.set("targets", Json.mapper().<JsonNode>valueToTree(status.targets()));
    return new Operation.PutRecord(LOCK, Json.bytes(tree), RecordCondition.at(version));
  }

  /** None when that or more is known already. */
  static Optional<Operation> report(View view, String uid, String member, SpotReport report) {
    SpotReport known =
        reports(view, uid).getOrDefault(member, new SpotReport(SpotState.WAITING, ""));
    if (!known.state().precedes(report.state())) return Optional.empty();
    ObjectNode tree =
        Json.object().put("state", report.state().name()).put("message", report.message());
    return Optional.of(put(view, new RecordKey(REPORTS, uid + "/" + member), tree));
  }

  private static Operation put(View view, RecordKey key, ObjectNode tree) {
    return new Operation.PutRecord(
        key, Json.bytes(tree), RecordCondition.at(view.recordVersion(key)));
  }

  static Map<String, SpotReport> reports(View view, String uid) {
    Map<String, SpotReport> found = new HashMap<>();
    for (StoredRecord each : of(view, REPORTS, uid)) {
      JsonNode tree = Json.tree(each.value());
      found.put(
          each.key().id().substring(uid.length() + 1),
          new SpotReport(
              SpotState.valueOf(tree.path("state").asString()), tree.path("message").asString("")));
    }
    return found;
  }

  /** None when that is known already. An end that is known stays. */
  static Optional<Operation> life(View view, String uid, LifeEvidence told) {
    Optional<LifeEvidence> known =
        lives(view, uid).stream().filter(each -> each.sameLife(told)).findFirst();
    LifeEvidence life = known.map(told::over).orElse(told);
    if (known.equals(Optional.of(life))) return Optional.empty();
    ObjectNode tree = Json.object().put("node", life.node());
    life.started().ifPresent(at -> tree.put("started", at.toString()));
    life.ended().ifPresent(at -> tree.put("ended", at.toString()));
    String id = uid + "/" + life.replica() + "/" + life.incarnation();
    return Optional.of(put(view, new RecordKey(LIVES, id), tree));
  }

  static List<LifeEvidence> lives(View view, String uid) {
    List<LifeEvidence> found = new ArrayList<>();
    for (StoredRecord each : of(view, LIVES, uid)) {
      String[] parts = each.key().id().split("/");
      JsonNode tree = Json.tree(each.value());
      found.add(
          new LifeEvidence(
              new ReplicaId(parts[1], parts[2]),
              new Incarnation(Long.parseLong(parts[3])),
              tree.path("node").asString(""),
              moment(tree, "started"),
              moment(tree, "ended")));
    }
    return found;
  }

  /** A write that means nothing. */
  static Operation write(String uid, long number) {
    byte[] value = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    return new Operation.PutRecord(
        new RecordKey(WRITES, uid + "/last"), value, RecordCondition.ANY);
  }

  /** What is left of drills that are not busy any more. */
  static List<Operation> leftovers(View view, Set<String> busy) {
    List<Operation> found = new ArrayList<>();
    for (String family : List.of(REPORTS, LIVES, WRITES)) {
      for (StoredRecord each : view.records(family)) {
        String uid = each.key().id().substring(0, each.key().id().indexOf('/'));
        if (!busy.contains(uid)) {
          found.add(new Operation.DeleteRecord(each.key(), RecordCondition.ANY));
        }
      }
    }
    return found;
  }

  private static List<StoredRecord> of(View view, String family, String uid) {
    return view.records(family).stream()
        .filter(each -> each.key().id().startsWith(uid + "/"))
        .toList();
  }

  private static Optional<Instant> moment(JsonNode tree, String field) {
    String text = tree.path(field).asString("");
    return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }
}
