package io.ordinal.controller.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyRuleTest {
  private static final List<String> VERBS = List.of("get", "list", "*");
  private static final List<String> GROUPS = List.of("", "apps", "*");
  private static final List<String> RESOURCES =
      List.of("pods", "pods/log", "*/log", "*", "secrets");
  private static final List<String> NAMES = List.of("a", "b");
  private static final List<String> PATHS = List.of("/metrics", "/api/*", "*");

  @ParameterizedTest
  @CsvSource({
    "get, '', pods, '', x, true",
    "get, '', pods, log, x, false",
    "list, '', pods, '', x, false",
    "get, apps, pods, '', x, false",
    "get, '', secrets, '', x, false",
  })
  void a_rule_allows_what_it_names(
      String verb, String group, String resource, String sub, String name, boolean allowed) {
    PolicyRule rule = rule(Set.of("get"), Set.of(""), Set.of("pods"), Set.of());
    assertThat(rule.allows(new Action.OnResource(verb, group, resource, sub, "ns", name)))
        .isEqualTo(allowed);
  }

  @Test
  void names_are_told_apart_and_a_list_has_none() {
    PolicyRule rule = rule(Set.of("*"), Set.of(""), Set.of("pods"), Set.of("a"));
    assertThat(rule.allows(new Action.OnResource("get", "", "pods", "", "ns", "a"))).isTrue();
    assertThat(rule.allows(new Action.OnResource("get", "", "pods", "", "ns", "b"))).isFalse();
    assertThat(rule.allows(new Action.OnResource("list", "", "pods", "", "ns", ""))).isFalse();
  }

  @Test
  void an_asterisk_stands_for_every_resource_with_a_subresource() {
    PolicyRule rule = rule(Set.of("get"), Set.of("*"), Set.of("*/log"), Set.of());
    assertThat(rule.allows(new Action.OnResource("get", "x", "pods", "log", "", "a"))).isTrue();
    assertThat(rule.allows(new Action.OnResource("get", "x", "pods", "", "", "a"))).isFalse();
  }

  @Test
  void paths_end_in_an_asterisk_or_are_whole() {
    PolicyRule rule =
        new PolicyRule(Set.of("get"), Set.of(), Set.of(), Set.of(), Set.of("/api/*", "/metrics"));
    assertThat(rule.allows(new Action.OnPath("get", "/api/v1"))).isTrue();
    assertThat(rule.allows(new Action.OnPath("get", "/metrics/more"))).isFalse();
    assertThat(rule.allows(new Action.OnPath("post", "/metrics"))).isFalse();
  }

  /** If a rule is covered, nothing is allowed by it that the others do not allow. */
  @ParameterizedTest
  @MethodSource("seeds")
  void what_is_covered_gives_nothing_new(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<PolicyRule> held = List.of(any(random), any(random), any(random));
      PolicyRule granted = any(random);
      if (!granted.isCoveredBy(held)) continue;
      for (int probe = 0; probe < 50; probe++) {
        Action action = action(random);
        if (granted.allows(action)) {
          assertThat(held).as("%s by %s", action, granted).anyMatch(each -> each.allows(action));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_rule_covers_itself(long seed) {
    PolicyRule rule = any(new Random(seed));
    assertThat(rule.isCoveredBy(List.of(rule))).isTrue();
    assertThat(rule.isCoveredBy(BuiltInRules.everything())).isTrue();
    assertThat(PolicyRule.of(Json.mapper().createArrayNode().add(rule.tree())))
        .containsExactly(rule);
  }

  @Test
  void admin_has_what_edit_has_and_edit_what_view_has() {
    assertThat(BuiltInRules.view()).allMatch(each -> each.isCoveredBy(BuiltInRules.edit()));
    assertThat(BuiltInRules.edit()).allMatch(each -> each.isCoveredBy(BuiltInRules.admin()));
    assertThat(BuiltInRules.admin()).allMatch(each -> each.isCoveredBy(BuiltInRules.everything()));
    assertThat(BuiltInRules.view())
        .noneMatch(each -> each.resources().contains("secrets"))
        .allMatch(each -> Set.of("get", "list", "watch").containsAll(each.verbs()));
  }

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  private static PolicyRule any(Random random) {
    if (random.nextInt(4) == 0) {
      return new PolicyRule(some(random, VERBS), Set.of(), Set.of(), Set.of(), some(random, PATHS));
    }
    Set<String> names = random.nextBoolean() ? Set.of() : some(random, NAMES);
    return rule(some(random, VERBS), some(random, GROUPS), some(random, RESOURCES), names);
  }

  private static Action action(Random random) {
    if (random.nextInt(4) == 0) {
      return new Action.OnPath(
          pick(random, List.of("get", "list")), pick(random, List.of("/metrics", "/api/x", "/y")));
    }
    return new Action.OnResource(
        pick(random, List.of("get", "list", "watch")),
        pick(random, List.of("", "apps", "other")),
        pick(random, List.of("pods", "secrets", "nodes")),
        pick(random, List.of("", "log", "exec")),
        "ns",
        pick(random, List.of("", "a", "b", "c")));
  }

  private static Set<String> some(Random random, List<String> from) {
    Set<String> found = new LinkedHashSet<>();
    while (found.isEmpty())
      from.stream().filter(each -> random.nextInt(3) == 0).forEach(found::add);
    return found;
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static PolicyRule rule(
      Set<String> verbs, Set<String> groups, Set<String> resources, Set<String> names) {
    return new PolicyRule(verbs, groups, resources, names, Set.of());
  }

  @Test
  void a_rule_of_billions_of_combinations_is_decided_without_making_them() {
    Set<String> many = new LinkedHashSet<>();
    for (int i = 0; i < 3_000; i++) many.add("x" + i);
    PolicyRule wide = rule(many, many, many, many);
    assertThat(wide.isCoveredBy(List.of(rule(Set.of("*"), Set.of("*"), Set.of("*"), Set.of()))))
        .isTrue();
    assertThat(wide.isCoveredBy(List.of(wide))).isTrue();
    assertThat(wide.isCoveredBy(List.of(rule(many, many, Set.of("x0"), Set.of())))).isFalse();
  }

  @Test
  void who_holds_the_paths_of_a_rule_does_not_hold_its_resources() {
    PolicyRule both =
        new PolicyRule(Set.of("get"), Set.of(""), Set.of("secrets"), Set.of(), Set.of("/a"));
    PolicyRule paths = new PolicyRule(Set.of("get"), Set.of(), Set.of(), Set.of(), Set.of("/a"));
    PolicyRule secrets = rule(Set.of("get"), Set.of(""), Set.of("secrets"), Set.of());
    assertThat(both.isCoveredBy(List.of(paths))).isFalse();
    assertThat(both.isCoveredBy(List.of(secrets))).isFalse();
    assertThat(both.isCoveredBy(List.of(paths, secrets))).isTrue();
  }
}
