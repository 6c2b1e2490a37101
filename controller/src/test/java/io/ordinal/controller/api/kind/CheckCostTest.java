package io.ordinal.controller.api.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.Allocation;
import io.ordinal.controller.api.kind.review.SubjectAccessReview;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What it costs to check an object grows with its bytes, whatever stands in it. */
class CheckCostTest {
  private static final int MIB = 1 << 20;

  @Test
  void a_long_key_above_many_values_is_not_written_out_for_each() {
    ObjectNode review = Json.object();
    ArrayNode values =
        review.withObject("/spec").putObject("extra").putArray("x".repeat(1_000_000));
    for (int i = 0; i < 10_000; i++) values.add("");
    assertThat(Allocation.bytes(() -> FieldCheck.of(SubjectAccessReview.class, review)))
        .isLessThan(20 * MIB);
  }

  @Test
  void faults_tell_the_end_of_a_long_path() {
    ObjectNode review = Json.object();
    ArrayNode values = review.withObject("/spec").putObject("extra").putArray("x".repeat(5_000));
    values.addObject().put("unknown", 1);
    assertThat(FieldCheck.of(SubjectAccessReview.class, review).mismatch().orElseThrow())
        .isEqualTo(
            "json: cannot unmarshal object into Go struct field"
                + " SubjectAccessReviewSpec.spec.extra of type string");
    FieldPlace place = FieldPlace.top("T").field("T", "a").entry("k".repeat(2_000)).element(7);
    assertThat(place.path()).startsWith("...k").endsWith("k[7]").hasSizeLessThan(1_100);
    assertThat(FieldPlace.top("T").field("T", "a").element(7).field("S", "b").path())
        .isEqualTo("a[7].b");
  }

  @Test
  void deep_values_are_compared_once_and_not_twice_at_each_level() {
    Walked deepest = new Walked();
    ApiObject one = revision(deepest);
    ApiObject other = revision(new Walked());
    assertThat(new ControllerRevisionKind().validateUpdate(one, other)).isEmpty();
    assertThat(deepest.walks).isBetween(1, 4); // Twice at each level it would be 2^20.
  }

  /** Counts how often somebody goes through it. */
  private static final class Walked extends ObjectNode {
    private static final long serialVersionUID = 1;
    private int walks;

    Walked() {
      super(JsonNodeFactory.instance);
      put("v", 1);
    }

    @Override
    public Set<Map.Entry<String, JsonNode>> properties() {
      walks++;
      return super.properties();
    }
  }

  private static ApiObject revision(ObjectNode deepest) {
    ObjectNode at = deepest;
    for (int i = 0; i < 20; i++) {
      ObjectNode above = Json.object();
      above.set("d", at);
      at = above;
    }
    ObjectNode revision = Json.object();
    revision.set("data", at);
    return new ApiObject(revision);
  }

  @Test
  void templates_with_thousands_of_everything_are_checked_in_one_walk() {
    checked(10);
    long few = checked(200);
    long many = checked(1_600);
    assertThat(many).isLessThan(16 * few);
  }

  private static long checked(int count) {
    ObjectNode set = Json.object();
    ObjectNode spec = set.putObject("spec");
    ObjectNode pod = spec.putObject("template").putObject("spec");
    ArrayNode containers = pod.putArray("containers");
    for (String list : List.of("env", "ports", "volumeMounts")) {
      fill(containers.addObject().putArray(list), count);
    }
    for (String list : List.of("initContainers", "volumes", "tolerations")) {
      fill(pod.putArray(list), count);
    }
    fill(containers, count);
    fill(spec.putArray("volumeClaimTemplates"), count);
    StatefulSetKind kind = new StatefulSetKind();
    return Allocation.bytes(
        () -> {
          kind.applyDefaults(set);
          ApiObject made = new ApiObject(set);
          assertThat(kind.validateCreate(made)).hasSizeGreaterThan(count);
          kind.warnings(made);
        });
  }

  private static void fill(ArrayNode list, int count) {
    for (int i = 0; i < count; i++) {
      list.addObject().put("name", "e" + i).put("key", "k").put("containerPort", i);
    }
  }

  @Test
  void tolerations_are_found_again_without_comparing_each_with_each() {
    tolerated(10);
    long few = tolerated(500);
    long many = tolerated(4_000);
    assertThat(many).isLessThan(16 * few);
  }

  private static long tolerated(int count) {
    ObjectNode before = tolerations(count, false);
    ObjectNode after = tolerations(count, true);
    Faults faults = new Faults();
    long bytes = Allocation.bytes(() -> PodChanges.check(faults, before, after));
    assertThat(faults.found()).isEmpty();
    after.withArray("/tolerations").remove(count - 1);
    PodChanges.check(faults, before, after);
    assertThat(faults.found()).hasSize(1);
    return bytes;
  }

  private static ObjectNode tolerations(int count, boolean backwards) {
    ObjectNode spec = Json.object();
    ArrayNode list = spec.putArray("tolerations");
    for (int i = 0; i < count; i++) {
      int number = backwards ? count - 1 - i : i;
      list.addObject().put("operator", "Exists").put("key", "k" + number);
    }
    return spec;
  }

  @Test
  void likeness_is_that_of_equal_values() {
    ObjectNode one = Json.object();
    one.put("a", 1).put("b", "").putObject("c");
    ObjectNode other = Json.object();
    other.put("a", 1.0);
    assertThat(Tree.same(one, other)).isTrue();
    assertThat(Tree.likeness(one)).isEqualTo(Tree.likeness(other));
    other.put("a", "1");
    assertThat(Tree.likeness(one)).isNotEqualTo(Tree.likeness(other));
  }
}
