package io.ordinal.tests.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.ordinal.agent.lifecycle.PlantedActorInLifecycle;
import io.ordinal.agent.probe.PlantedUseOfWorkload;
import io.ordinal.controller.model.PlantedUseOfStore;
import io.ordinal.controller.plan.PlantedClock;
import io.ordinal.controller.replica.PlantedUseOfApi;
import io.ordinal.controller.set.PlantedUseOfGeneratedClass;
import io.ordinal.controller.set.PlantedUseOfRaft;
import io.ordinal.protocol.id.PlantedUseOfController;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectionsTest {
  private static final Map<ArchRule, Class<?>> PLANTED =
      Map.ofEntries(
          Map.entry(House.AGENT_KNOWS_NO_CONTROLLER, PlantedUseOfWorkload.class),
          Map.entry(House.CONTROLLER_KNOWS_NO_AGENT, PlantedUseOfApi.class),
          Map.entry(House.PROTOCOL_KNOWS_NEITHER_SIDE, PlantedUseOfController.class),
          Map.entry(House.PLANNING_KNOWS_ONLY_THE_MODEL, PlantedClock.class),
          Map.entry(House.THE_MODEL_KNOWS_ONLY_IDENTIFIERS, PlantedUseOfStore.class),
          Map.entry(House.LIFECYCLE_IS_PURE, PlantedActorInLifecycle.class),
          Map.entry(House.GENERATED_CLASSES_STAY_IN_WIRE, PlantedUseOfGeneratedClass.class),
          Map.entry(House.ADAPTERS_ARE_NAMED_BY_BOOT_ONLY, PlantedUseOfRaft.class),
          Map.entry(House.ONLY_THE_ENDS_READ_THE_CLOCK, PlantedClock.class),
          Map.entry(House.ONLY_ENDS_AND_ADAPTERS_READ_THE_STEADY_CLOCK, PlantedClock.class),
          Map.entry(House.NOBODY_READS_THE_ENVIRONMENT_BELOW_BOOT, PlantedClock.class),
          Map.entry(House.NOBODY_PRINTS, PlantedClock.class),
          Map.entry(House.ONLY_THE_COMMAND_EXITS, PlantedClock.class));

  @Test
  void every_rule_holds() {
    PLANTED.keySet().forEach(rule -> rule.check(House.OURS));
  }

  @Test
  void every_rule_bites() {
    PLANTED.forEach(
        (rule, offence) ->
            assertThatThrownBy(() -> rule.check(new ClassFileImporter().importClasses(offence)))
                .as(rule.getDescription())
                .isInstanceOf(AssertionError.class));
  }

  @Test
  void packages_use_only_what_stands_to_their_right() {
    House.controllerDirections().forEach(rule -> rule.allowEmptyShould(true).check(House.OURS));
    House.agentDirections().forEach(rule -> rule.allowEmptyShould(true).check(House.OURS));
  }

  @Test
  void the_directions_bite() {
    assertThat(broken(House.controllerDirections(), PlantedUseOfApi.class)).isEqualTo(1);
    assertThat(broken(House.agentDirections(), PlantedUseOfWorkload.class)).isEqualTo(1);
  }

  private static long broken(List<ArchRule> rules, Class<?> offence) {
    return rules.stream()
        .filter(
            rule ->
                rule.allowEmptyShould(true)
                    .evaluate(new ClassFileImporter().importClasses(offence))
                    .hasViolation())
        .count();
  }
}
