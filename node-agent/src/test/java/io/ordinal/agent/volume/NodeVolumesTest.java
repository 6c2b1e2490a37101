package io.ordinal.agent.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.agent.driver.LaunchSpec.Mount;
import io.ordinal.protocol.agent.ContainerOrder.MountOrder;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.VolumeOrder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeVolumesTest {
  private static final VolumeOrder CLAIM =
      new VolumeOrder.Claimed("data", "pvc-1", "data-a-0", false, new VolumeOrder.Local("", ""));
  private static final MountOrder MOUNT = new MountOrder("data", "/data", "", false);

  @TempDir Path directory;
  private NodeVolumes volumes;

  @BeforeEach
  void open() {
    volumes = Orders.node(directory);
  }

  @Test
  void a_claimed_volume_outlives_its_life() throws Exception {
    LifeOrder life = claim("a-0", 5);
    Mount mount = prepared(life).get(0);
    assertThat(mount).isEqualTo(new Mount("data", mount.source(), "/data", false));
    Files.writeString(mount.source().resolve("kept"), "x");
    volumes.release(life).toCompletableFuture().get();
    assertThat(prepared(claim("a-0", 9)).get(0).source().resolve("kept")).hasContent("x");
  }

  @Test
  void files_that_expire_are_known_to_a_new_agent_and_replaced_under_their_readers()
      throws Exception {
    LifeOrder life = aging("a-0", 5, "old");
    Path token = prepared(life).get(0).source().resolve("sub/token");
    assertThat(token).hasContent("old");
    open();
    assertThat(volumes.aging().toCompletableFuture().get())
        .containsExactly(new Aging(life.replica(), life.incarnation()));
    try (InputStream reader = Files.newInputStream(token)) {
      refresh(aging("a-0", 5, "new"));
      assertThat(reader.readAllBytes()).asString(UTF_8).isEqualTo("old");
    }
    assertThat(token).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
        .isEqualTo("rw-r-----");
    try (Stream<Path> files = Files.list(token.getParent())) {
      assertThat(files).containsExactly(token);
    }
    volumes.release(life).toCompletableFuture().get();
    refresh(aging("a-0", 5, "late"));
    assertThat(token).doesNotExist();
    assertThat(volumes.aging().toCompletableFuture().get()).isEmpty();
  }

  @Test
  void a_note_that_was_cut_off_by_a_crash_keeps_no_life_from_new_files() throws Exception {
    LifeOrder cut = aging("a-0", 5, "old");
    Path token = prepared(cut).get(0).source();
    LifeOrder whole = aging("b-0", 6, "old");
    prepared(whole);
    Files.write(token.resolveSibling(".renewal"), new byte[0]);
    Path foreign = token.getParent().resolveSibling("lost_and_found");
    Files.createDirectories(foreign);
    Files.write(foreign.resolve(".renewal"), new byte[0]);
    open();
    assertThat(volumes.aging().toCompletableFuture().get())
        .containsExactlyInAnyOrder(
            new Aging(cut.replica(), cut.incarnation()),
            new Aging(whole.replica(), whole.incarnation()));
  }

  @Test
  void a_volume_that_goes_while_its_files_are_made_anew_does_not_come_back() throws Exception {
    LifeOrder life = aging("a-0", 5, "old");
    Path volume = prepared(life).get(0).source();
    volumes.release(life).toCompletableFuture().get();
    assertThatThrownBy(() -> VolumeFiles.replace(volume, "sub/token", new byte[] {1}, 0640))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(volume.getParent()).doesNotExist();
  }

  private void refresh(LifeOrder order) throws Exception {
    List<VolumeOrder.Files> files =
        order.volumes().stream().map(VolumeOrder.Files.class::cast).toList();
    volumes.refresh(order.replica(), order.incarnation(), files).toCompletableFuture().get();
  }

  private static LifeOrder aging(String replica, long incarnation, String text) {
    VolumeOrder files =
        new VolumeOrder.Files(
            "t", Map.of("sub/token", text.getBytes(UTF_8)), 0640, Duration.ofMinutes(48));
    return Orders.life(replica, incarnation)
        .with(files, new MountOrder("t", "/t", "", true))
        .build();
  }

  @Test
  void an_older_incarnation_is_refused_also_by_a_new_agent() throws Exception {
    prepared(claim("a-0", 9));
    volumes.release(claim("a-0", 9)).toCompletableFuture().get();
    open();
    assertThatThrownBy(() -> prepared(claim("a-0", 8)))
        .isInstanceOfSatisfying(
            LaunchRefused.class, refused -> assertThat(refused.reason()).isEqualTo("FailedMount"))
        .hasMessageContaining("incarnation 9 of test/a-0");
    assertThat(prepared(claim("a-0", 9))).hasSize(1);
  }

  @Test
  void a_repeat_is_no_news_even_if_another_pod_shares_the_claim_since() throws Exception {
    prepared(claim("a-0", 5));
    prepared(claim("b-0", 7));
    open();
    assertThat(prepared(claim("a-0", 5))).hasSize(1);
    assertThat(prepared(claim("b-0", 7))).hasSize(1);
  }

  @Test
  void pods_that_share_a_claim_begin_in_any_order_each_after_its_own_earlier_lives()
      throws Exception {
    prepared(claim("b-0", 7));
    assertThat(prepared(claim("a-0", 5))).as("decided on earlier, begun later").hasSize(1);
    volumes.release(claim("b-0", 7)).toCompletableFuture().get();
    for (int other = 0; other < 3; other++) prepared(claim("c-" + other, 10 + other));
    open();
    assertThatThrownBy(() -> prepared(claim("b-0", 6))).hasMessageContaining("incarnation 7");
    assertThatThrownBy(() -> prepared(claim("a-0", 4))).hasMessageContaining("incarnation 5");
    assertThat(prepared(claim("b-0", 8))).hasSize(1);
  }

  @Test
  void a_mark_of_an_older_release_counts() throws Exception {
    Files.createDirectories(directory.resolve("volumes/pvc-1/data"));
    Files.writeString(
        directory.resolve("volumes/pvc-1/owner"),
        "{\"incarnation\":9,\"identity\":\"test/a-0\",\"holders\":{\"test/b-0\":7}}");
    assertThatThrownBy(() -> prepared(claim("a-0", 8))).hasMessageContaining("incarnation 9");
    assertThatThrownBy(() -> prepared(claim("b-0", 6))).hasMessageContaining("incarnation 7");
    assertThat(prepared(claim("b-0", 7))).hasSize(1);
    assertThat(prepared(claim("a-0", 9))).hasSize(1);
  }

  @Test
  void the_mark_goes_with_a_directory_that_two_nodes_see() throws Exception {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    VolumeOrder claim =
        new VolumeOrder.Claimed(
            "data", "pv", "c", false, new VolumeOrder.Local(shared.toString(), ""));
    prepared(Orders.life("a-0", 9).with(claim, MOUNT).build());
    volumes = Orders.node(directory.resolve("other-node"));
    assertThatThrownBy(() -> prepared(Orders.life("a-0", 8).with(claim, MOUNT).build()))
        .isInstanceOf(LaunchRefused.class);
    assertThat(shared).isEmptyDirectory();
  }

  @Test
  void files_are_written_with_their_mode_and_go_with_the_life() throws Exception {
    VolumeOrder secret =
        new VolumeOrder.Files("s", Map.of("key", "k".getBytes(UTF_8), "d/e", new byte[0]), 0600);
    LifeOrder life =
        Orders.life("a-0", 5).with(secret, new MountOrder("s", "/s", "", false)).build();
    Mount mount = prepared(life).get(0);
    assertThat(mount.readOnly()).isTrue();
    assertThat(mount.source().resolve("key")).hasContent("k");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(mount.source().resolve("d/e"))))
        .isEqualTo("rw-------");
    assertThat(prepared(life)).containsExactly(mount);
    volumes.release(life).toCompletableFuture().get();
    assertThat(mount.source()).doesNotExist();
  }

  @Test
  void an_empty_directory_is_new_with_every_life() throws Exception {
    VolumeOrder empty = new VolumeOrder.Empty("e");
    MountOrder mount = new MountOrder("e", "/e", "", false);
    Path first = prepared(Orders.life("a-0", 5).with(empty, mount).build()).get(0).source();
    Files.writeString(first.resolve("x"), "x");
    Path second = prepared(Orders.life("a-0", 6).with(empty, mount).build()).get(0).source();
    assertThat(second).isEmptyDirectory().isNotEqualTo(first);
  }

  @Test
  void a_sub_path_stays_inside_its_volume() throws Exception {
    Path inside = prepared(sub("x/y")).get(0).source();
    assertThat(inside).isDirectory().hasFileName("y");
    for (String path : List.of("../x", "/etc", "a/../../b")) {
      assertThatThrownBy(() -> prepared(sub(path))).as(path).isInstanceOf(LaunchRefused.class);
    }
    Files.createSymbolicLink(directory.resolve("volumes/pvc-1/data/link"), Path.of("/etc"));
    assertThatThrownBy(() -> prepared(sub("link"))).hasMessageContaining("leads out of volume");
  }

  @Test
  void a_removed_volume_is_gone_with_all_that_is_in_it_and_a_repeat_is_harmless() throws Exception {
    Path data = prepared(claim("a-0", 5)).get(0).source();
    Files.createDirectories(data.resolve("deep/er"));
    Files.writeString(data.resolve("deep/er/file"), "x");
    Path other = Files.createDirectory(directory.resolve("volumes/pvc-2"));
    for (int repeat = 0; repeat < 2; repeat++) {
      volumes.remove("pvc-1", "").toCompletableFuture().get();
      assertThat(directory.resolve("volumes/pvc-1")).doesNotExist();
    }
    assertThat(directory.resolve("removed")).isEmptyDirectory();
    assertThat(other).exists();
  }

  @Test
  void a_removal_that_was_cut_short_is_finished_by_a_repeat() throws Exception {
    Files.createDirectories(directory.resolve("removed/pvc-1/data/half"));
    volumes.remove("pvc-1", "").toCompletableFuture().get();
    assertThat(directory.resolve("removed")).isEmptyDirectory();
  }

  @Test
  void nothing_but_a_volume_is_removed() throws Exception {
    prepared(claim("a-0", 5));
    for (String name : List.of("", ".", "..", "../lives", "pvc-1/data", "/etc", "x/..")) {
      assertThatThrownBy(() -> volumes.remove(name, "").toCompletableFuture().get())
          .as(name)
          .hasMessageContaining("not the name of a volume");
    }
    assertThat(directory.resolve("volumes/pvc-1/data")).exists();
    assertThat(directory.resolve("lives")).exists();
  }

  @Test
  void what_is_not_there_is_refused() {
    VolumeOrder host = new VolumeOrder.Host("h", directory.resolve("none").toString());
    VolumeOrder claim =
        new VolumeOrder.Claimed(
            "h", "pv", "c", false, new VolumeOrder.Local(directory.resolve("none").toString(), ""));
    for (VolumeOrder volume : List.of(host, claim)) {
      LifeOrder life =
          Orders.life("a-0", 5).with(volume, new MountOrder("h", "/h", "", false)).build();
      assertThatThrownBy(() -> prepared(life))
          .isInstanceOf(LaunchRefused.class)
          .hasMessageContaining("this machine has no");
    }
    assertThat(directory.resolve("none")).doesNotExist();
  }

  @Test
  void a_volume_that_another_state_of_the_node_had_is_not_made_anew() throws Exception {
    String gone = new UUID(7, 7).toString();
    String elsewhere = directory.resolve("elsewhere").toString();
    Path own = directory.resolve("volumes/pvc-1/data");
    for (String path : List.of("", elsewhere)) {
      Path data = path.isEmpty() ? own : Path.of(path);
      LifeOrder life = madeOn(gone, path);
      for (int repeat = 0; repeat < 2; repeat++) {
        assertThatThrownBy(() -> prepared(life))
            .isInstanceOf(LaunchRefused.class)
            .hasMessageContaining("made on a node with state " + gone)
            .hasMessageContaining("this node has state " + life.session().stateUuid())
            .hasMessageContaining("Restore the directory at " + data)
            .hasMessageContaining("delete claim data-a-0")
            .hasMessageContaining("ordinal.io/on-node-loss: Rebuild");
        assertThat(data).doesNotExist();
      }
      assertThat(directory.resolve("volumes/pvc-1")).doesNotExist();
      volumes.release(life).toCompletableFuture().get();
    }
  }

  @Test
  void a_volume_of_another_state_that_was_restored_is_taken() throws Exception {
    Path elsewhere = directory.resolve("elsewhere");
    for (String path : List.of("", elsewhere.toString())) {
      Path data = path.isEmpty() ? directory.resolve("volumes/pvc-1/data") : elsewhere;
      Files.writeString(Files.createDirectories(data).resolve("kept"), "x");
      LifeOrder life = madeOn(new UUID(7, 7).toString(), path);
      assertThat(prepared(life).get(0).source().resolve("kept")).hasContent("x");
    }
  }

  @Test
  void a_volume_of_this_state_or_of_an_unknown_one_is_made() throws Exception {
    String own = claim("a-0", 5).session().stateUuid().toString();
    for (String home : List.of(own, "")) {
      assertThat(prepared(madeOn(home, "")).get(0).source()).isEmptyDirectory();
      volumes.remove("pvc-1", "").toCompletableFuture().get();
    }
  }

  private static LifeOrder madeOn(String home, String path) {
    VolumeOrder volume =
        new VolumeOrder.Claimed(
            "data", "pvc-1", "data-a-0", false, new VolumeOrder.Local(path, home));
    return Orders.life("a-0", 5).with(volume, MOUNT).build();
  }

  private static LifeOrder claim(String name, long incarnation) {
    return Orders.life(name, incarnation).with(CLAIM, MOUNT).build();
  }

  private static LifeOrder sub(String path) {
    return Orders.life("a-0", 5).with(CLAIM, new MountOrder("data", "/data", path, false)).build();
  }

  private List<Mount> prepared(LifeOrder order) throws IOException {
    try {
      return volumes.prepare(order, event -> {}).toCompletableFuture().get().get("main");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) throw failure;
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
