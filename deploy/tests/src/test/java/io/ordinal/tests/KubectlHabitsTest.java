package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people type: real kubectl, line by line out of {@code kubectl-habits.txt}, with what it must
 * print and end with. {@code $} is a command for the shell, {@code =} its exit code (0), {@code ~}
 * a pattern that its output has, {@code !} one that it has not.
 */
class KubectlHabitsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static Cluster cluster;
  @TempDir private static Path place;

  /** One command and what is expected of it. */
  private record Habit(int line, String command, int code, List<String> has, List<String> lacks) {}

  @BeforeAll
  static void up() throws IOException {
    cluster = Cluster.started();
    Files.writeString(place.resolve("web.yaml"), Manifest.sleepers("web", 2));
    Files.writeString(place.resolve("old.yaml"), Manifest.sleepers("old", 2));
  }

  @AfterAll
  static void down() {
    cluster.close();
  }

  @TestFactory
  @EnabledIf(
      value = "io.ordinal.tests.KubectlVersion#isRecent",
      disabledReason = "kubectl 1.27 or newer is needed")
  Stream<DynamicTest> every_habit_works() throws IOException {
    return tests("kubectl-habits.txt", System.getenv("PATH"));
  }

  /** Such as Debian brings: it speaks SPDY only, and checks objects by version 2 of OpenAPI. */
  @TestFactory
  @EnabledIf(
      value = "io.ordinal.tests.KubectlVersion#hasOlder",
      disabledReason = "a kubectl before 1.27 is needed")
  Stream<DynamicTest> those_of_older_clients_work_too() throws IOException {
    String path = KubectlVersion.older().orElseThrow() + ":" + System.getenv("PATH");
    return tests("kubectl-older-habits.txt", path);
  }

  private static Stream<DynamicTest> tests(String file, String path) throws IOException {
    return habits(file).stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.line() + ": " + each.command(), () -> check(each, path)));
  }

  private static void check(Habit habit, String path) {
    Map<String, String> environment =
        Map.of(
            "KUBECONFIG", cluster.directory().kubeconfig().toString(),
            "KUBECACHEDIR", place.resolve("cache").toString(),
            "PATH", path,
            "HOME", place.toString());
    Shell.Result result =
        Shell.run(
            environment, PATIENCE, "", List.of("sh", "-c", "cd " + place + "; " + habit.command()));
    assertThat(result.code()).as(result.all()).isEqualTo(habit.code());
    for (String each : habit.has()) assertThat(result.all()).containsPattern(multiline(each));
    for (String each : habit.lacks())
      assertThat(result.all()).doesNotContainPattern(multiline(each));
  }

  private static Pattern multiline(String text) {
    return Pattern.compile(text, Pattern.MULTILINE);
  }

  private static List<Habit> habits(String file) throws IOException {
    List<Habit> habits = new ArrayList<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith("$ ")) continue;
      int code = 0;
      List<String> has = new ArrayList<>();
      List<String> lacks = new ArrayList<>();
      for (int j = i + 1; j < lines.size() && !lines.get(j).startsWith("$ "); j++) {
        String line = lines.get(j);
        if (line.startsWith("= ")) code = Integer.parseInt(line.substring(2));
        else if (line.startsWith("~ ")) has.add(line.substring(2));
        else if (line.startsWith("! ")) lacks.add(line.substring(2));
        else assertThat(line).as("line " + (j + 1)).matches("|#.*");
      }
      habits.add(new Habit(i + 1, lines.get(i).substring(2), code, has, lacks));
    }
    return habits;
  }

  private static List<String> lines(String file) throws IOException {
    try (InputStream in = KubectlHabitsTest.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
