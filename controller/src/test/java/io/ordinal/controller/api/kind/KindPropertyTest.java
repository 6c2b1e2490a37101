package io.ordinal.controller.api.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.patch.PatchSchema;
import io.ordinal.controller.api.patch.Patched;
import io.ordinal.controller.api.patch.StrategicMergePatch;
import io.ordinal.controller.document.ApiObject;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every object of the right shape, whether it makes sense or not. */
class KindPropertyTest {
  private static final int SEEDS = 60;

  static Stream<ResourceKind> kinds() {
    return KindRegistry.standard().all().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void defaults_are_added_once_and_fit_the_schema(ResourceKind kind) {
    for (long seed = 0; seed < SEEDS; seed++) {
      ObjectNode sent = new RandomObjects(seed).of(kind);
      assertThat(FieldCheck.of(kind.schema(), sent).mismatch()).as("seed %d", seed).isEmpty();
      ApiObject once = Objects.defaulted(kind, sent);
      ApiObject twice = Objects.defaulted(kind, once.tree());
      assertThat(twice.tree()).as("seed %d", seed).isEqualTo(once.tree());
      FieldCheck.Findings findings = FieldCheck.of(kind.schema(), once.tree());
      assertThat(findings.mismatch()).as("seed %d", seed).isEmpty();
      assertThat(findings.unknown()).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void checks_and_rows_bear_every_object(ResourceKind kind) {
    Instant now = Instant.parse("2026-02-01T00:00:00Z");
    for (long seed = 0; seed < SEEDS; seed++) {
      ApiObject object = Objects.defaulted(kind, new RandomObjects(seed).of(kind));
      ApiObject other = Objects.defaulted(kind, new RandomObjects(seed + SEEDS).of(kind));
      assertThat(kind.cells(object, now)).as("seed %d", seed).hasSameSizeAs(kind.columns());
      assertThat(kind.warnings(object)).as("seed %d", seed).isNotNull();
      assertThat(kind.validateCreate(object)).as("seed %d", seed).doesNotContainNull();
      assertThat(kind.validateUpdate(object, other)).as("seed %d", seed).doesNotContainNull();
      kind.selectableFields()
          .forEach((name, read) -> assertThat(read.apply(object.tree())).as(name).isNotNull());
      kind.prepareForUpdate(object.tree(), other);
      kind.prepareForCreate(object.tree());
      assertThat(object.tree().has("metadata")).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void an_unchanged_object_breaks_no_rule_of_change(ResourceKind kind) {
    for (long seed = 0; seed < SEEDS; seed++) {
      ApiObject object = Objects.defaulted(kind, new RandomObjects(seed).of(kind));
      assertThat(kind.validateUpdate(object, object))
          .as("seed %d", seed)
          .noneMatch(
              each ->
                  each.message().contains("immutable")
                      || each.message().contains("may not change")
                      || each.message().contains("updates to"));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void patching_an_object_with_itself_changes_nothing(ResourceKind kind) {
    int applied = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      ApiObject live = Objects.defaulted(kind, RandomObjects.distinct(seed).of(kind));
      PatchSchema schema = PatchSchema.of(kind.schema());
      Patched patched = StrategicMergePatch.apply(live.tree(), live.tree(), schema);
      if (!(patched instanceof Patched.Done done)) continue; // An element without its merge key.
      applied++;
      ApiObject again = Objects.defaulted(kind, done.tree());
      assertThat(Tree.same(again.tree(), live.tree())).as("seed %d", seed).isTrue();
    }
    assertThat(applied).isGreaterThan(SEEDS / 4);
  }
}
