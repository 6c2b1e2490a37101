package io.ordinal.controller.api.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Several owners apply and update pods at random; what must hold after each step does. */
class ApplyPropertyTest {
  private static final ResourceKind PODS =
      KindRegistry.standard().find("", "v1", "pods").orElseThrow();
  private static final Mode MODE = Mode.of(PODS.schema());
  private static final int STEPS = 30;

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void ownership_holds_through_applies_and_updates(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    ObjectNode live = made(pod(random), writer(0));
    for (int step = 0; step < STEPS; step++) {
      Writer writer = writer(random.nextInt(4));
      String what = "seed " + seed + " step " + step;
      live =
          random.nextInt(4) == 0
              ? updated(live, pod(random), writer)
              : applied(live, pod(random), writer, random.nextInt(3) == 0, what);
      requireNothingOwnedThatIsNotThere(live, what);
    }
  }

  private static ObjectNode applied(
      ObjectNode live, ObjectNode configuration, Writer writer, boolean force, String what) {
    Applied outcome = ServerSideApply.apply(PODS, live, configuration, writer, force);
    if (!(outcome instanceof Applied.Done done)) {
      assertThat(force).as(what).isFalse();
      return live;
    }
    ObjectNode next = with(done.tree(), done.managedFields());
    assertThat(StructuredMerge.of(next, configuration, MODE)).as(what).isEqualTo(next);
    Applied again = ServerSideApply.apply(PODS, next, configuration, writer, false);
    assertThat(again).as(what).isInstanceOf(Applied.Done.class);
    ObjectNode twice = with(((Applied.Done) again).tree(), ((Applied.Done) again).managedFields());
    assertThat(twice).as(what).isEqualTo(next);
    FieldOwner self = FieldOwner.applier(writer);
    FieldSet changed = Comparison.of(live, next, MODE).changed();
    owners(live)
        .entries()
        .forEach(
            (owner, entry) -> {
              if (!force && !owner.equals(self)) {
                FieldSet taken = entry.fields().intersection(changed);
                assertThat(taken).as(what + " " + owner).isEqualTo(FieldSet.EMPTY);
              }
            });
    requireGivenUpIsGone(live, next, self, what);
    return next;
  }

  private static void requireGivenUpIsGone(
      ObjectNode live, ObjectNode next, FieldOwner self, String what) {
    FieldSet given = leaves(owners(live).of(self)).difference(owners(next).all());
    FieldSet left = leaves(given).intersection(leaves(Owned.by(next, MODE)));
    assertThat(left).as(what).isEqualTo(FieldSet.EMPTY);
  }

  private static void requireNothingOwnedThatIsNotThere(ObjectNode live, String what) {
    FieldSet there = Owned.by(live, MODE).withDeclared(MODE);
    owners(live)
        .entries()
        .forEach(
            (owner, entry) ->
                assertThat(entry.fields().difference(there))
                    .as(what + " " + owner)
                    .isEqualTo(FieldSet.EMPTY));
  }

  private static FieldSet leaves(FieldSet set) {
    java.util.SortedMap<String, FieldSet> below = new java.util.TreeMap<>();
    set.children().forEach((element, each) -> below.put(element, leaves(each)));
    return FieldSet.of(set.member() && set.children().isEmpty(), below);
  }

  private static ObjectNode made(ObjectNode pod, Writer writer) {
    return with(pod, Ownership.ofNew(PODS, pod, writer));
  }

  private static ObjectNode updated(ObjectNode live, ObjectNode wanted, Writer writer) {
    wanted.withObject("/metadata").set("managedFields", live.at("/metadata/managedFields"));
    JsonNode managed =
        Ownership.ofChanged(PODS, live, wanted.at("/metadata/managedFields"), wanted, writer);
    return with(wanted, managed);
  }

  private static ObjectNode with(ObjectNode object, JsonNode managed) {
    ObjectNode copy = object.deepCopy();
    copy.withObject("/metadata").set("managedFields", managed);
    return copy;
  }

  private static ManagedFields owners(ObjectNode object) {
    return ManagedFields.parse(object.at("/metadata/managedFields")).orElseThrow();
  }

  private static Writer writer(int number) {
    return new Writer("m" + number, "", Instant.EPOCH);
  }

  private static ObjectNode pod(Random random) {
    ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode metadata = pod.putObject("metadata").put("name", "p");
    values(metadata, "labels", random);
    if (random.nextBoolean()) {
      ArrayNode finalizers = metadata.putArray("finalizers");
      names(random).forEach(each -> finalizers.add("x/" + each));
    }
    ObjectNode spec = pod.putObject("spec");
    values(spec, "nodeSelector", random);
    if (random.nextBoolean()) spec.putObject("securityContext").put("runAsUser", random.nextInt(2));
    ArrayNode containers = spec.putArray("containers");
    for (String name : names(random)) {
      ObjectNode container = containers.addObject().put("name", name);
      if (random.nextBoolean()) container.put("image", "i" + random.nextInt(2));
      if (random.nextBoolean()) container.putArray("args").add("a" + random.nextInt(2));
      if (random.nextBoolean()) {
        ArrayNode env = container.putArray("env");
        names(random)
            .forEach(each -> env.addObject().put("name", each).put("value", value(random)));
      }
      if (random.nextBoolean()) {
        ObjectNode port = container.putArray("ports").addObject().put("containerPort", 1);
        if (random.nextBoolean()) port.put("protocol", random.nextBoolean() ? "TCP" : "UDP");
      }
    }
    return pod;
  }

  private static void values(ObjectNode parent, String field, Random random) {
    if (random.nextInt(3) == 0) return;
    ObjectNode map = parent.putObject(field);
    names(random).forEach(each -> map.put(each, value(random)));
  }

  private static List<String> names(Random random) {
    List<String> names = new ArrayList<>(List.of("a", "b", "c"));
    Collections.shuffle(names, random);
    return names.subList(0, 1 + random.nextInt(3));
  }

  private static String value(Random random) {
    return Integer.toString(random.nextInt(2));
  }
}
