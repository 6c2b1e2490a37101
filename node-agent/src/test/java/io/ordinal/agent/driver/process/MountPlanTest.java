package io.ordinal.agent.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.agent.driver.LaunchSpec.Mount;
import io.ordinal.agent.driver.process.HostFiles.Kind;
import io.ordinal.agent.driver.process.MountStep.Bind;
import io.ordinal.agent.driver.process.MountStep.Blank;
import io.ordinal.agent.driver.process.MountStep.Directory;
import io.ordinal.agent.driver.process.MountStep.Link;
import io.ordinal.agent.driver.process.MountStep.Memory;
import io.ordinal.agent.driver.process.MountStep.Pivot;
import io.ordinal.agent.driver.process.MountStep.Proc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MountPlanTest {
  private static final Path STAGE = Path.of("/state/root");

  private final FakeHost host =
      new FakeHost()
          .directory("/dev", "/sys", "/proc", "/etc", "/opt", "/opt/a", "/srv", "/usr", "/usr/bin")
          .directory("/volumes/data", "/volumes/inner")
          .file("/etc/passwd", "/volumes/file")
          .link("/bin", "usr/bin");

  @Test
  void a_path_that_exists_is_mounted_over() {
    MountPlan plan = plan(new Mount("data", Path.of("/volumes/data"), "/srv", true));
    assertThat(plan.steps())
        .containsExactly(
            new Bind(Path.of("/volumes/data"), Path.of("/srv"), true, Set.of("nosuid")),
            new Proc(Path.of("/proc")));
  }

  @Test
  void a_path_below_the_root_needs_a_new_root_with_everything_in_it() {
    MountPlan plan = plan(new Mount("data", Path.of("/volumes/data"), "/data", false));
    assertThat(plan.steps())
        .startsWith(new Memory(STAGE))
        .contains(new Link(STAGE.resolve("bin"), "usr/bin"))
        .contains(new Directory(STAGE.resolve("usr")))
        .contains(bind("/usr", "usr"), bind("/dev", "dev"), bind("/sys", "sys"))
        .doesNotContain(bind("/proc", "proc"))
        .contains(new Directory(STAGE.resolve("data")))
        .endsWith(bind("/volumes/data", "data"), new Proc(STAGE.resolve("proc")), new Pivot(STAGE));
  }

  @Test
  void a_path_deeper_down_rebuilds_only_its_nearest_parent() {
    MountPlan plan = plan(new Mount("data", Path.of("/volumes/data"), "/opt/b/c", false));
    assertThat(plan.steps())
        .containsSubsequence(
            new Memory(STAGE),
            bind("/opt", "opt"),
            new Memory(STAGE.resolve("opt")),
            new Directory(STAGE.resolve("opt/b/c")),
            bind("/opt/a", "opt/a"),
            bind("/volumes/data", "opt/b/c"),
            new Pivot(STAGE));
  }

  @Test
  void a_file_gets_a_file_to_stand_on() {
    MountPlan plan = plan(new Mount("file", Path.of("/volumes/file"), "/etc/app/conf", false));
    assertThat(plan.steps())
        .containsSubsequence(
            new Directory(STAGE.resolve("etc/app")),
            new Blank(STAGE.resolve("etc/app/conf")),
            bind("/etc/passwd", "etc/passwd"),
            bind("/volumes/file", "etc/app/conf"));
  }

  @Test
  void a_volume_inside_another_gets_its_place_in_that_volume() {
    MountPlan plan =
        plan(
            new Mount("inner", Path.of("/volumes/inner"), "/srv/deep", false),
            new Mount("data", Path.of("/volumes/data"), "/srv", false));
    assertThat(plan.missing()).isEqualTo(Map.of(Path.of("/volumes/data/deep"), Kind.DIRECTORY));
    assertThat(plan.steps())
        .extracting(step -> step instanceof Bind bound ? bound.at().toString() : "")
        .containsSubsequence("/srv", "/srv/deep");
  }

  @Test
  void links_of_the_machine_are_followed() {
    MountPlan plan = plan(new Mount("data", Path.of("/volumes/data"), "/bin", false));
    assertThat(plan.steps())
        .contains(new Bind(Path.of("/volumes/data"), Path.of("/usr/bin"), false, Set.of()));
  }

  @Test
  void an_image_with_its_own_root_sees_nothing_else_of_the_machine() {
    host.directory("/images/x", "/images/x/app", "/images/x/proc");
    MountPlan plan = MountPlan.of(Path.of("/images/x"), List.of(), STAGE, host);
    assertThat(plan.steps())
        .contains(bind("/images/x/app", "app"), bind("/dev", "dev"), bind("/sys", "sys"))
        .doesNotContain(bind("/usr", "usr"), bind("/images/x/proc", "proc"))
        .endsWith(new Proc(STAGE.resolve("proc")), new Pivot(STAGE));
  }

  @Test
  void what_makes_no_sense_is_refused() {
    for (String path : List.of("/", "relative", "/proc/x", "/srv/../proc")) {
      Mount mount = new Mount("data", Path.of("/volumes/data"), path, false);
      assertThatThrownBy(() -> plan(mount)).as(path).isInstanceOf(LaunchRefused.class);
    }
  }

  private MountPlan plan(Mount... mounts) {
    return MountPlan.of(Path.of("/"), List.of(mounts), STAGE, host);
  }

  private static Bind bind(String source, String inStage) {
    return new Bind(Path.of(source), STAGE.resolve(inStage), false, Set.of());
  }

  /** A small machine whose every mount is nosuid. */
  private static final class FakeHost implements HostFiles {
    private final Map<Path, Entry> files = new TreeMap<>();

    FakeHost() {
      directory("/");
    }

    FakeHost directory(String... paths) {
      for (String path : paths) add(path, Kind.DIRECTORY, null);
      return this;
    }

    FakeHost file(String... paths) {
      for (String path : paths) add(path, Kind.FILE, null);
      return this;
    }

    FakeHost link(String path, String target) {
      add(path, Kind.FILE, target);
      return this;
    }

    private void add(String path, Kind kind, String link) {
      Path name = Path.of(path).getFileName();
      files.put(Path.of(path), new Entry(name == null ? "" : name.toString(), kind, link));
    }

    @Override
    public Kind kind(Path path) {
      Entry entry = files.get(real(path));
      return entry == null ? Kind.NONE : entry.kind();
    }

    @Override
    public Path real(Path path) {
      Entry entry = files.get(path);
      boolean link = entry != null && entry.link() != null;
      return link ? path.getParent().resolve(entry.link()) : path;
    }

    @Override
    public List<Entry> entries(Path directory) {
      List<Entry> found = new ArrayList<>();
      files.forEach(
          (path, entry) -> {
            if (directory.equals(path.getParent())) found.add(entry);
          });
      return found;
    }

    @Override
    public Set<String> flags(Path path) {
      return Set.of("nosuid");
    }
  }
}
