package io.ordinal.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.agent.driver.LaunchSpec.Mount;
import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.ContainerOrder.MountOrder;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.VolumeOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes and a directory that both see. */
class SharedVolumeTest {
  private static final MountOrder MOUNT = new MountOrder("data", "/data", "", false);

  @TempDir Path directory;
  private final List<AgentEvent> events = new ArrayList<>();
  private Path storage;
  private NodeVolumes one;
  private NodeVolumes two;

  @BeforeEach
  void begin() throws IOException {
    storage = Files.createDirectory(directory.resolve("storage"));
    one = node("one");
    two = node("two");
  }

  private NodeVolumes node(String name) {
    return Orders.node(directory.resolve(name));
  }

  /** Incarnation 5 is the life that the volume was made with. */
  private LifeOrder life(String node, long incarnation, String hook) {
    String path = storage.resolve("pvc-1").toString();
    VolumeOrder claim =
        new VolumeOrder.Claimed(
            "data",
            "pvc-1",
            "data-a-0",
            false,
            new VolumeOrder.Shared(path, hook, incarnation == 5, false));
    return Orders.life("a-0", incarnation).on(node).with(claim, MOUNT).build();
  }

  private Path prepared(NodeVolumes node, LifeOrder life) throws Exception {
    try {
      Mount mount = node.prepare(life, events::add).toCompletableFuture().get().get("main").get(0);
      return mount.source();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  private void refused(NodeVolumes node, LifeOrder life, String message) {
    assertThatThrownBy(() -> prepared(node, life))
        .isInstanceOfSatisfying(
            LaunchRefused.class, refusal -> assertThat(refusal.reason()).isEqualTo("FailedMount"))
        .hasMessageContaining(message);
  }

  /** A program that notes how it was called, and ends with this code. */
  private String hook(int code) throws IOException {
    Path hook = directory.resolve("hook");
    Files.writeString(
        hook,
        "#!/bin/sh\necho \"$@\" >>" + directory + "/calls\necho said $1\nexit " + code + "\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    return hook.toString();
  }

  private List<String> calls() throws IOException {
    Path calls = directory.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  @Test
  void what_one_node_wrote_another_finds() throws Exception {
    Path there = prepared(one, life("one", 5, ""));
    assertThat(there).isEmptyDirectory();
    Files.writeString(there.resolve("kept"), "x");
    assertThat(prepared(two, life("two", 9, "")).resolve("kept")).hasContent("x");
  }

  @Test
  void an_older_incarnation_is_refused_on_every_node_and_hides_no_later_one() throws Exception {
    prepared(one, life("one", 5, ""));
    prepared(two, life("two", 9, ""));
    refused(one, life("one", 5, ""), "belongs to incarnation 9 of test/a-0 on two");
    refused(node("three"), life("three", 8, ""), "8 is older");
    assertThat(prepared(two, life("two", 9, ""))).isDirectory();
    refused(node("three"), life("three", 8, ""), "8 is older");
  }

  @Test
  void the_hook_runs_before_another_node_takes_over() throws Exception {
    String hook = hook(0);
    prepared(one, life("one", 5, hook));
    assertThat(calls()).isEmpty();
    prepared(two, life("two", 9, hook));
    assertThat(calls()).containsExactly("fence pvc-1 " + storage.resolve("pvc-1") + " one 5 two 9");
    assertThat(events).extracting(AgentEvent::reason).containsExactly("VolumeFenced");
    assertThat(events.get(0).message()).contains("said fence");
    prepared(two, life("two", 9, hook));
    prepared(two, life("two", 12, hook));
    assertThat(calls()).as("the same node needs none").hasSize(1);
  }

  @Test
  void an_owner_of_the_same_number_on_another_machine_is_kept_from_writing_too() throws Exception {
    String hook = hook(0);
    prepared(one, life("one", 5, hook));
    prepared(two, life("two", 5, hook));
    assertThat(calls()).containsExactly("fence pvc-1 " + storage.resolve("pvc-1") + " one 5 two 5");
    prepared(two, life("two", 5, hook));
    assertThat(calls()).hasSize(1);
  }

  @Test
  void a_hook_that_fails_keeps_the_volume_from_being_mounted() throws Exception {
    prepared(one, life("one", 5, ""));
    refused(two, life("two", 9, hook(3)), "ended with 3: said fence");
    refused(two, life("two", 9, directory.resolve("none").toString()), "not an absolute path");
    hook(0);
    prepared(two, life("two", 9, hook(0)));
    assertThat(calls()).hasSize(2);
  }

  @Test
  void a_hook_that_takes_too_long_is_killed() throws Exception {
    Path slow = directory.resolve("slow");
    Files.writeString(slow, "#!/bin/sh\nexec sleep 4717\n");
    Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwxr-xr-x"));
    prepared(one, life("one", 5, ""));
    VolumeSettings hasty =
        new VolumeSettings(Duration.ofMillis(100), Duration.ZERO, 100, Duration.ofSeconds(5), 3);
    two = Orders.node(directory.resolve("two"), hasty);
    refused(two, life("two", 9, slow.toString()), "took too long");
  }

  @Test
  void a_hook_that_is_interrupted_is_killed_and_its_mark_says_so() throws Exception {
    Path slow = Path.of(hook(0));
    Files.writeString(slow, "#!/bin/sh\necho $$ >" + directory + "/calls\nexec sleep 4717\n");
    prepared(one, life("one", 5, ""));
    Thread taking =
        new Thread(
            () -> refused(two, life("two", 9, slow.toString()), "the agent stops while the hook"));
    taking.start();
    await().until(() -> !calls().isEmpty());
    taking.interrupt();
    taking.join(5000);
    assertThat(taking.isAlive()).isFalse();
    Path stat = Path.of("/proc", calls().get(0), "stat");
    assertThat(Files.exists(stat) && !Files.readString(stat).contains(") Z ")).isFalse();
    try (var marks = Files.list(storage.resolve("pvc-1"))) {
      Path mark = marks.filter(it -> it.toString().contains("0009-")).findFirst().orElseThrow();
      assertThat(mark).content().contains("INTENDED");
    }
  }

  @Test
  void no_hook_is_needed_when_the_owner_let_go() throws Exception {
    String hook = hook(1);
    LifeOrder first = life("one", 5, hook);
    prepared(one, first);
    one.leave(first).toCompletableFuture().get();
    prepared(two, life("two", 9, hook));
    assertThat(calls()).isEmpty();
  }

  private LifeOrder many(String name, String node, long incarnation) {
    return shared(name, node, incarnation, "", true);
  }

  private LifeOrder shared(
      String name, String node, long incarnation, String hook, boolean several) {
    String path = storage.resolve("pvc-1").toString();
    VolumeOrder claim =
        new VolumeOrder.Claimed(
            "data", "pvc-1", "data", false, new VolumeOrder.Shared(path, hook, true, several));
    return Orders.life(name, incarnation).on(node).with(claim, MOUNT).build();
  }

  @Test
  void several_may_have_it_at_once_in_any_order_each_after_its_own_earlier_lives()
      throws Exception {
    prepared(one, many("b-0", "one", 9));
    assertThat(prepared(two, many("a-0", "two", 7))).isDirectory();
    prepared(two, many("c-0", "two", 9));
    NodeVolumes three = node("three");
    prepared(three, many("a-0", "three", 12));
    refused(two, many("a-0", "two", 7), "belongs to incarnation 12 of test/a-0 on three");
    refused(three, many("b-0", "three", 8), "belongs to incarnation 9 of test/b-0 on one");
    assertThat(prepared(one, many("b-0", "one", 9))).isDirectory();
    one.leave(many("b-0", "one", 9)).toCompletableFuture().get();
    refused(three, many("b-0", "three", 8), "belongs to incarnation 9 of test/b-0 on one");
    assertThat(prepared(three, many("b-0", "three", 10))).isDirectory();
  }

  @Test
  void a_claim_of_one_node_is_had_by_several_pods_there_but_nowhere_else() throws Exception {
    prepared(one, shared("b-0", "one", 9, "", false));
    assertThat(prepared(one, shared("a-0", "one", 7, "", false))).isDirectory();
    LifeOrder elsewhere = shared("c-0", "two", 8, "", false);
    refused(two, elsewhere, "belongs to incarnation 9 of test/b-0 on one");
    one.leave(shared("b-0", "one", 9, "", false)).toCompletableFuture().get();
    assertThat(prepared(two, elsewhere)).as("nobody later is left").isDirectory();
    refused(one, shared("a-0", "one", 7, "", false), "belongs to incarnation 8 of test/c-0 on two");
  }

  @Test
  void marks_of_an_older_release_are_read_and_replaced() throws Exception {
    Path volume = Files.createDirectories(storage.resolve("pvc-1/data")).getParent();
    String state = life("one", 9, "").session().stateUuid().toString();
    Path old = volume.resolve("owner-00000000000000000009");
    Files.writeString(
        old,
        "{\"volume\":\"pvc-1\",\"incarnation\":9,\"identity\":\"test/a-0\",\"node\":\"one\","
            + "\"stateUuid\":\""
            + state
            + "\",\"released\":false}");
    refused(two, life("two", 8, ""), "belongs to incarnation 9 of test/a-0 on one");
    assertThat(prepared(one, life("one", 9, ""))).isDirectory();
    one.leave(life("one", 9, "")).toCompletableFuture().get();
    assertThat(old).doesNotExist();
    refused(two, life("two", 8, ""), "belongs to incarnation 9 of test/a-0 on one");
    prepared(two, life("two", 12, hook(1)));
    assertThat(calls()).as("it had let go").isEmpty();
  }

  @Test
  void every_machine_that_has_not_let_go_is_fenced_the_latest_first() throws Exception {
    prepared(one, life("one", 5, ""));
    refused(two, life("two", 9, hook(3)), "ended with 3");
    prepared(node("three"), life("three", 12, hook(0)));
    assertThat(calls().subList(1, 3))
        .extracting(call -> call.replaceAll(" /.*pvc-1", ""))
        .containsExactly("fence pvc-1 two 9 three 12", "fence pvc-1 one 5 three 12");
    refused(two, life("two", 9, hook(0)), "belongs to incarnation 12");
  }

  @Test
  void an_owner_that_was_superseded_while_its_hook_ran_does_not_mount() throws Exception {
    prepared(one, life("one", 5, ""));
    Path hook = Path.of(hook(0));
    Path mark = storage.resolve("pvc-1/owner-00000000000000000012");
    String next =
        "{\\\"volume\\\":\\\"pvc-1\\\",\\\"incarnation\\\":12,\\\"identity\\\":"
            + "\\\"test/a-0\\\",\\\"node\\\":\\\"three\\\",\\\"stateUuid\\\":\\\"x\\\","
            + "\\\"released\\\":false,\\\"step\\\":\\\"INTENDED\\\"}";
    Files.writeString(hook, "#!/bin/sh\necho \"" + next + "\" >" + mark + "\n");
    refused(two, life("two", 9, hook.toString()), "belongs to incarnation 12 of test/a-0 on three");
    try (var left = Files.list(storage.resolve("pvc-1"))) {
      assertThat(left.map(each -> each.getFileName().toString()))
          .as("its intention is taken back")
          .noneMatch(name -> name.startsWith("owner-00000000000000000009"));
    }
  }

  @Test
  void a_hook_that_another_node_may_be_running_is_waited_for() throws Exception {
    prepared(one, life("one", 5, ""));
    refused(two, life("two", 9, hook(3)), "ended with 3");
    leftWithinItsHook(9, 50);
    LifeOrder next = life("three", 12, hook(0));
    NodeVolumes three = node("three");
    refused(three, next, "incarnation 9 of test/a-0 on two may still run the hook");
    assertThat(calls()).hasSize(1);
    await()
        .ignoreExceptionsInstanceOf(LaunchRefused.class)
        .until(() -> prepared(three, next) != null);
    assertThat(calls()).hasSize(3);
  }

  /** What an agent leaves that is lost while it runs the hook, which can take so long. */
  private void leftWithinItsHook(long incarnation, long millis) throws IOException {
    Path intended;
    try (var marks = Files.list(storage.resolve("pvc-1"))) {
      String life = "0%d-".formatted(incarnation);
      intended = marks.filter(it -> it.toString().contains(life)).findFirst().orElseThrow();
    }
    String fencing =
        Files.readString(intended)
            .replace("INTENDED", "FENCING")
            .replaceAll("Millis\":0", "Millis\":" + millis)
            .replaceAll("run\":\"\"", "run\":\"lost\"");
    assertThat(fencing).contains("FENCING", "lost", "Millis\":" + millis);
    Files.writeString(intended, fencing);
  }

  @Test
  void a_hook_that_an_earlier_attempt_of_the_same_life_may_be_running_is_waited_for()
      throws Exception {
    prepared(one, life("one", 5, ""));
    refused(two, life("two", 9, hook(3)), "ended with 3");
    leftWithinItsHook(9, 50);
    NodeVolumes again = node("two");
    LifeOrder same = life("two", 9, hook(0));
    refused(again, same, "incarnation 9 of test/a-0 on two may still run the hook");
    assertThat(calls()).hasSize(1);
    await()
        .ignoreExceptionsInstanceOf(LaunchRefused.class)
        .until(() -> prepared(again, same) != null);
    assertThat(calls()).hasSize(2);
  }

  @Test
  void each_run_of_a_hook_is_told_of_by_a_name_of_its_own() throws Exception {
    Path hook = Path.of(hook(0));
    String marks = storage.resolve("pvc-1").toString();
    Files.writeString(hook, "#!/bin/sh\ngrep -ho 'run\":\"[^\"]*[^\"]\"' " + marks + "/owner-*\n");
    prepared(one, life("one", 5, ""));
    refused(two, life("two", 9, hook(3)), "ended with 3");
    Files.writeString(hook, "#!/bin/sh\ngrep -ho 'run\":\"[^\"]*[^\"]\"' " + marks + "/owner-*\n");
    prepared(node("three"), life("three", 12, hook.toString()));
    assertThat(events).hasSize(2);
    assertThat(events.get(0).message()).contains("said: run\":\"");
    String first = events.get(0).message().replaceAll(".*said: ", "");
    assertThat(events.get(1).message()).contains("said: run\":\"").doesNotContain(first);
  }

  @Test
  void nothing_is_taken_where_the_storage_is_away_or_a_link_stands() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.createSymbolicLink(storage.resolve("pvc-1"), elsewhere);
    refused(one, life("one", 5, ""), "not a link");
    assertThat(elsewhere).isEmptyDirectory();
    Files.delete(storage.resolve("pvc-1"));
    Files.deleteIfExists(storage.resolve(".ordinal-storage"));
    Files.delete(storage);
    refused(one, life("one", 5, ""), "this machine has no directory " + storage);
    assertThat(storage).doesNotExist();
  }

  @Test
  void only_what_bears_its_mark_is_removed() throws Exception {
    String path = storage.resolve("pvc-1").toString();
    Files.createDirectories(storage.resolve("pvc-1/data"));
    assertThatThrownBy(() -> one.remove("pvc-1", path).toCompletableFuture().get())
        .hasMessageContaining("bears no mark");
    Path data = prepared(one, life("one", 5, ""));
    Files.createSymbolicLink(
        data.resolve("link"), Files.createDirectory(directory.resolve("kept")));
    two.remove("pvc-1", path).toCompletableFuture().get();
    assertThat(storage.resolve("pvc-1")).doesNotExist();
    assertThat(directory.resolve("kept")).exists();
    one.remove("pvc-1", path).toCompletableFuture().get();
  }

  @Test
  void storage_that_is_not_mounted_is_never_taken_for_an_empty_volume() throws Exception {
    String hook = hook(0);
    Path data = prepared(one, life("one", 5, hook));
    Files.writeString(data.resolve("kept"), "x");
    Path away = Files.move(storage, directory.resolve("away"));
    Files.createDirectory(storage); // What a mount point looks like before anything is mounted.
    refused(two, life("two", 9, hook), "not mounted here, or was emptied");
    refused(one, life("one", 5, hook), "not mounted here, or was emptied");
    assertThatThrownBy(
            () ->
                two.remove("pvc-1", storage.resolve("pvc-1").toString())
                    .toCompletableFuture()
                    .get())
        .hasMessageContaining("not mounted here");
    assertThat(storage).isEmptyDirectory();
    Files.delete(storage);
    Files.move(away, storage);
    assertThat(prepared(two, life("two", 9, hook)).resolve("kept")).hasContent("x");
    assertThat(calls()).hasSize(1);
  }
}
