package io.ordinal.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    return new NodeVolumes(directory.resolve(name), Orders.SETTINGS, Runnable::run, Runnable::run);
  }

  /** Incarnation 5 is the life that the volume was made with. */
  private LifeOrder life(String node, long incarnation, String hook) {
    String path = storage.resolve("pvc-1").toString();
    VolumeOrder claim =
        new VolumeOrder.Claimed(
            "data", "pvc-1", "data-a-0", path, false, hook, true, "", incarnation == 5);
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
        new VolumeSettings(java.time.Duration.ofMillis(100), 100, java.time.Duration.ofSeconds(5));
    two = new NodeVolumes(directory.resolve("two"), hasty, Runnable::run, Runnable::run);
    refused(two, life("two", 9, slow.toString()), "took too long");
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
