package io.ordinal.tests.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules, each as a value, so that one test checks our code with it and another shows that it
 * finds an offence.
 */
final class House {
  static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.ordinal");

  private static final String CONTROLLER = "io.ordinal.controller.";
  private static final String AGENT = "io.ordinal.agent.";

  /**
   * From left to right; each may use what stands to its right. Packages of one entry may use each
   * other.
   */
  private static final List<List<String>> CONTROLLER_ORDER =
      List.of(
          List.of("boot"),
          List.of("api", "drill"),
          List.of("set", "workload", "garbage", "disruption", "metric"),
          List.of("replica"),
          List.of("node", "volume", "network"),
          List.of("cluster"),
          List.of("event", "document", "upkeep"),
          List.of("store"),
          List.of("plan"),
          List.of("model", "setting"));

  private static final List<List<String>> AGENT_ORDER =
      List.of(
          List.of("boot"),
          List.of("host"),
          List.of("workload"),
          List.of(
              "exec", "driver", "drill", "watchdog", "volume", "network", "probe", "state", "logs"),
          List.of("lifecycle", "disk"));

  static final ArchRule AGENT_KNOWS_NO_CONTROLLER =
      noClasses()
          .that()
          .resideInAPackage("io.ordinal.agent..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.ordinal.controller..");

  static final ArchRule CONTROLLER_KNOWS_NO_AGENT =
      noClasses()
          .that()
          .resideInAPackage("io.ordinal.controller..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.ordinal.agent..");

  static final ArchRule PROTOCOL_KNOWS_NEITHER_SIDE =
      noClasses()
          .that()
          .resideInAPackage("io.ordinal.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.ordinal.agent..",
              "io.ordinal.controller..",
              "io.ordinal.member..",
              "io.ordinal.cli..");

  static final ArchRule PLANNING_KNOWS_ONLY_THE_MODEL =
      classes()
          .that()
          .resideInAPackage("io.ordinal.controller.plan..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "io.ordinal.controller.plan..",
              "io.ordinal.controller.model..",
              "io.ordinal.protocol.id..");

  static final ArchRule THE_MODEL_KNOWS_ONLY_IDENTIFIERS =
      classes()
          .that()
          .resideInAPackage("io.ordinal.controller.model..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "io.ordinal.controller.model..", "io.ordinal.protocol.id..");

  static final ArchRule LIFECYCLE_IS_PURE =
      noClasses()
          .that()
          .resideInAPackage("io.ordinal.agent.lifecycle..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.pekko.actor..", "org.slf4j..", "java.nio.file..", "java.net..");

  static final ArchRule GENERATED_CLASSES_STAY_IN_WIRE =
      noClasses()
          .that(not(resideInAnyPackage("..wire..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.ordinal.protocol.wire.v1..", "com.google.protobuf..");

  static final ArchRule ADAPTERS_ARE_NAMED_BY_BOOT_ONLY =
      noClasses()
          .that(
              resideInAnyPackage("io.ordinal.controller..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "io.ordinal.controller.boot..",
                              "io.ordinal.controller.store.raft..",
                              "io.ordinal.controller.store.rocks..",
                              "io.ordinal.controller.store.persistence.."))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.ordinal.controller.store.raft..", "io.ordinal.controller.store.rocks..");

  static final ArchRule ONLY_THE_ENDS_READ_THE_CLOCK =
      noClasses()
          .that(
              resideInAnyPackage("io.ordinal.controller..", "io.ordinal.agent..")
                  .and(not(resideInAnyPackage("..boot.."))))
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  /** Adapters wait for what is outside, on threads of their own, and may count how long. */
  static final ArchRule ONLY_ENDS_AND_ADAPTERS_READ_THE_STEADY_CLOCK =
      noClasses()
          .that(
              resideInAnyPackage("io.ordinal.controller..", "io.ordinal.agent..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "..boot..",
                              "io.ordinal.controller.store.raft..",
                              "io.ordinal.agent.driver.process..",
                              "io.ordinal.agent.volume..",
                              "io.ordinal.agent.logs.."))))
          .should()
          .callMethod(System.class, "nanoTime");

  static final ArchRule NOBODY_READS_THE_ENVIRONMENT_BELOW_BOOT =
      noClasses()
          .that(
              resideInAnyPackage("io.ordinal.controller..", "io.ordinal.agent..")
                  .and(not(resideInAnyPackage("..boot.."))))
          .should()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getenv");

  static final ArchRule NOBODY_PRINTS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.ordinal.controller..", "io.ordinal.agent..", "io.ordinal.protocol..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  static final ArchRule ONLY_THE_COMMAND_EXITS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.ordinal.cli..", "io.ordinal.bench..")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  private House() {}

  static List<ArchRule> controllerDirections() {
    return directions(CONTROLLER, CONTROLLER_ORDER);
  }

  static List<ArchRule> agentDirections() {
    return directions(AGENT, AGENT_ORDER);
  }

  private static List<ArchRule> directions(String root, List<List<String>> order) {
    List<ArchRule> rules = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (List<String> level : order) {
      if (!left.isEmpty()) {
        rules.add(
            noClasses()
                .that()
                .resideInAnyPackage(packages(root, level))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(root, left)));
      }
      left.addAll(level);
    }
    return rules;
  }

  private static String[] packages(String root, List<String> names) {
    return names.stream().map(name -> root + name + "..").toArray(String[]::new);
  }
}
