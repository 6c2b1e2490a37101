package io.ordinal.controller.set;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.set.RevisionPlanner.RevisionPlan;
import io.ordinal.controller.store.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RevisionPlannerTest {
  private final List<ApiObject> stored = new ArrayList<>();
  private UnaryOperator<ObjectNode> defaults = tree -> tree;
  private int serial = 10;

  @Test
  void the_first_template_becomes_the_first_revision() {
    ApiObject created = commit(SampleSets.tree());
    assertThat(created.name()).matches("web-[bcdfghjklmnpqrstvwxz2456789]{1,10}");
    assertThat(created.tree().path("revision").asLong()).isEqualTo(1);
    assertThat(created.labels())
        .containsEntry("app", "web")
        .containsEntry(SetNames.HASH_LABEL, created.name().substring(4));
    assertThat(created.annotations()).containsEntry("kubernetes.io/change-cause", "first");
    assertThat(created.controller().orElseThrow().uid()).isEqualTo("set-1");
    RevisionPlan next = plan(SampleSets.tree());
    assertThat(next.writes()).isEmpty();
    assertThat(next.update().orElseThrow().name()).isEqualTo(created.name());
  }

  @Test
  void a_template_that_was_there_before_brings_its_revision_to_the_top() {
    ApiObject first = commit(SampleSets.tree());
    commit(SampleSets.withImage(SampleSets.tree(), "counter:2"));
    ApiObject bumped = commit(SampleSets.tree());
    assertThat(bumped.name()).isEqualTo(first.name());
    assertThat(bumped.tree().path("revision").asLong()).isEqualTo(3);
    assertThat(stored).hasSize(2);
    assertThat(plan(SampleSets.tree()).writes()).isEmpty();
  }

  @Test
  void a_template_that_differs_in_defaults_only_is_the_same() {
    ApiObject first = commit(SampleSets.tree());
    ObjectNode newer = SampleSets.tree();
    ((ObjectNode) newer.at("/spec/template/spec")).put("newDefault", 1);
    defaults =
        tree -> {
          ((ObjectNode) tree.at("/spec/template/spec")).put("newDefault", 1);
          return tree;
        };
    RevisionPlan next = plan(newer);
    assertThat(next.writes()).isEmpty();
    assertThat(next.update().orElseThrow().name()).isEqualTo(first.name());
  }

  @Test
  void a_name_that_is_taken_by_something_else_is_avoided_and_counted() {
    ApiObject first = commit(SampleSets.tree());
    ObjectNode foreign = first.copy();
    foreign.withObjectProperty("data").put("something", "else");
    foreign.withObjectProperty("data").remove("spec");
    ((ObjectNode) foreign.at("/metadata/ownerReferences/0")).put("uid", "other").put("name", "x");
    stored.clear();
    stored.add(new ApiObject(foreign));

    RevisionPlan next = plan(SampleSets.tree());
    assertThat(next.collisionCount()).isEqualTo(1);
    assertThat(next.writes()).hasSize(2);
    ApiObject created = written(next.writes().get(0));
    ApiObject counted = written(next.writes().get(1));
    assertThat(created.name()).isNotEqualTo(first.name());
    assertThat(counted.status().path("collisionCount").asInt()).isEqualTo(1);
  }

  @Test
  void what_an_earlier_set_of_the_name_left_is_taken_over() {
    ApiObject first = commit(SampleSets.tree());
    ObjectNode again = SampleSets.tree();
    again.withObjectProperty("metadata").put("uid", "set-2");
    ApiObject taken = commit(again);
    assertThat(taken.name()).isEqualTo(first.name());
    assertThat(taken.owners()).hasSize(1);
    assertThat(taken.controller().orElseThrow().uid()).isEqualTo("set-2");
  }

  @Test
  void orphans_that_the_selector_matches_are_adopted() {
    ApiObject first = commit(SampleSets.tree());
    ObjectNode orphan = first.copy();
    Owners.remove(orphan, Set.of("set-1"));
    stored.clear();
    stored.add(new ApiObject(orphan));
    ApiObject adopted = commit(SampleSets.tree());
    assertThat(adopted.name()).isEqualTo(first.name());
    assertThat(adopted.controller()).isPresent();
    assertThat(stored).hasSize(1);
  }

  @Test
  void a_set_that_is_being_deleted_keeps_what_it_has_and_takes_nothing() {
    ApiObject first = commit(SampleSets.tree());
    ObjectNode deleted = SampleSets.tree();
    deleted
        .withObjectProperty("metadata")
        .put("deletionTimestamp", "2026-01-01T00:00:00Z")
        .putArray("finalizers")
        .add("orphan");
    RevisionPlan owning = plan(deleted);
    assertThat(owning.writes()).isEmpty();
    assertThat(owning.update().orElseThrow().name()).isEqualTo(first.name());

    ObjectNode orphan = first.copy();
    Owners.remove(orphan, Set.of("set-1"));
    stored.clear();
    stored.add(new ApiObject(orphan));
    RevisionPlan left = plan(deleted);
    assertThat(left.writes()).isEmpty();
    assertThat(left.update()).isEmpty();
    stored.clear();
    assertThat(plan(deleted).writes()).isEmpty();
  }

  @Test
  void old_revisions_that_nobody_needs_are_dropped_beyond_the_limit() {
    ObjectNode set = SampleSets.tree();
    ((ObjectNode) set.path("spec")).put("revisionHistoryLimit", 2);
    List<String> names = new ArrayList<>();
    for (int image = 0; image < 6; image++) {
      names.add(commit(SampleSets.withImage(set, "counter:" + image)).name());
    }
    RevisionPlan last = plan(set);
    List<Operation> drops =
        RevisionPlanner.tooOld(
            new ApiObject(set), last.owned(), Set.of(names.get(0), names.get(5)));
    assertThat(drops)
        .extracting(each -> ((Operation.Delete) each).key().name())
        .containsExactly(names.get(1), names.get(2));
  }

  private RevisionPlan plan(ObjectNode set) {
    set.withObjectProperty("metadata").put("resourceVersion", "7");
    Instant now = Instant.parse("2030-01-01T00:00:00Z").plusSeconds(serial);
    return RevisionPlanner.plan(
        new ApiObject(set), stored, new RevisionPlanner.Means(defaults, "uid-" + serial, now));
  }

  /** Plans, carries out the one write that is needed, and answers what was written. */
  private ApiObject commit(ObjectNode set) {
    RevisionPlan plan = plan(set);
    assertThat(plan.update()).isEmpty();
    assertThat(plan.writes()).hasSize(1);
    ApiObject written = written(plan.writes().get(0));
    stored.removeIf(each -> each.name().equals(written.name()));
    stored.add(written);
    return written;
  }

  private ApiObject written(Operation operation) {
    ObjectNode tree = Json.object(((Operation.Put) operation).draft().bytes());
    tree.withObjectProperty("metadata").put("resourceVersion", Integer.toString(++serial));
    return new ApiObject(tree);
  }
}
