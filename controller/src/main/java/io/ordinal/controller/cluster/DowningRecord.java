package io.ordinal.controller.cluster;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.RecordKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who was downed in a formation, all together. Whoever stands here never acts for the formation
 * again, and makes a new actor system.
 *
 * @param decider of the latest decision
 * @param downed oldest first; the oldest are forgotten when there are very many
 */
public record DowningRecord(long formation, Seat decider, List<Seat> downed) {
  static final RecordKey KEY = new RecordKey("downing", "current");
  private static final int REMEMBERED = 200;

  public DowningRecord {
    downed = List.copyOf(downed);
  }

  static DowningRecord none(long formation, Seat self) {
    return new DowningRecord(formation, self, List.of());
  }

  boolean names(Seat seat) {
    return downed.contains(seat);
  }

  DowningRecord and(Seat self, Set<Seat> more) {
    List<Seat> all = new ArrayList<>(new LinkedHashSet<>(downed));
    more.stream().sorted().filter(each -> !all.contains(each)).forEach(all::add);
    int from = Math.max(0, all.size() - Math.max(REMEMBERED, more.size()));
    return new DowningRecord(formation, self, all.subList(from, all.size()));
  }

  byte[] bytes() {
    ObjectNode tree = Json.object().put("formation", formation);
    tree.set("decider", json(decider));
    ArrayNode list = tree.putArray("downed");
    downed.forEach(each -> list.add(json(each)));
    return Json.bytes(tree);
  }

  static DowningRecord of(byte[] value) {
    ObjectNode tree = Json.object(value);
    List<Seat> downed = new ArrayList<>();
    tree.path("downed").forEach(each -> downed.add(seat(each)));
    return new DowningRecord(tree.path("formation").asLong(), seat(tree.path("decider")), downed);
  }

  private static ObjectNode json(Seat seat) {
    return Json.object().put("artery", seat.place()).put("uid", seat.uid());
  }

  private static Seat seat(JsonNode tree) {
    return new Seat(tree.path("artery").asString(), tree.path("uid").asLong());
  }
}
