package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.agent.driver.LaunchSpec.Mount;
import io.ordinal.agent.driver.process.HostFiles.Entry;
import io.ordinal.agent.driver.process.HostFiles.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides how volumes come to stand at their mount paths without a directory being made on the
 * machine. A path that exists is mounted over. Otherwise its nearest existing parent is rebuilt in
 * memory: with everything that it has, shown from the machine, and what is missing.
 *
 * @param steps in order
 * @param missing places inside of volumes that must be made in the volume itself, because another
 *     volume stands there
 */
record MountPlan(List<MountStep> steps, Map<Path, Kind> missing) {
  private static final Path ROOT = Path.of("/");
  private static final Path PROC = Path.of("/proc");
  private static final Set<String> KERNEL = Set.of("dev", "sys");

  /**
   * @param root the image's root directory; {@code /} for the machine's own
   * @param stage an empty directory in which a new root may be put together
   */
  static MountPlan of(Path root, List<Mount> mounts, Path stage, HostFiles host) {
    return new Planner(root, stage, host).plan(mounts);
  }

  /** Collects; lives for one plan. */
  private static final class Planner {
    private final Path root;
    private final Path stage;
    private final HostFiles host;
    private final List<MountStep> steps = new ArrayList<>();
    private final Map<Path, Kind> missing = new LinkedHashMap<>();
    private final TreeSet<Path> rebuilt = new TreeSet<>();
    private final Map<Path, Mount> placed = new LinkedHashMap<>();
    private final Map<Path, List<MountStep>> made = new LinkedHashMap<>();

    Planner(Path root, Path stage, HostFiles host) {
      this.root = root;
      this.stage = stage;
      this.host = host;
    }

    MountPlan plan(List<Mount> mounts) {
      if (!root.equals(ROOT)) rebuilt.add(ROOT);
      mounts.stream()
          .sorted(Comparator.comparingInt(mount -> Path.of(mount.mountPath()).getNameCount()))
          .forEach(this::place);
      if (!rebuilt.isEmpty()) rebuilt.add(ROOT); // What is rebuilt must not hide its own sources.
      rebuilt.forEach(this::rebuild);
      placed.forEach((target, mount) -> bind(mount, at(target)));
      steps.add(new MountStep.Proc(at(PROC)));
      if (!rebuilt.isEmpty()) steps.add(new MountStep.Pivot(stage));
      return new MountPlan(List.copyOf(steps), missing);
    }

    private void place(Mount mount) {
      Path target = Path.of(mount.mountPath()).normalize();
      if (!target.isAbsolute() || target.equals(ROOT) || target.startsWith(PROC)) {
        throw refused(mount, "it must be absolute, and neither / nor below /proc");
      }
      Kind wanted = host.kind(mount.source());
      if (wanted == Kind.NONE) throw refused(mount, "there is no " + mount.source());
      Path around = enclosing(target);
      Path resolved = around == null ? onMachine(mount, target, wanted) : target;
      if (around != null) insideVolume(mount, around, target, wanted);
      placed.put(resolved, mount);
    }

    private Path enclosing(Path target) {
      Path found = null;
      for (Path other : placed.keySet()) {
        if (target.startsWith(other) && (found == null || other.startsWith(found))) found = other;
      }
      return found;
    }

    private void insideVolume(Mount mount, Path around, Path target, Kind wanted) {
      Path inside = placed.get(around).source().resolve(around.relativize(target));
      Kind there = host.kind(inside);
      if (there == wanted) return;
      if (there != Kind.NONE) throw refused(mount, there + " and " + wanted + " do not fit");
      if (placed.get(around).readOnly()) throw refused(mount, around + " is read-only");
      missing.put(inside, wanted);
    }

    /** The target without the links of the machine; notes what must be rebuilt for it. */
    private Path onMachine(Mount mount, Path target, Kind wanted) {
      Kind there = host.kind(inImage(target));
      if (there != Kind.NONE && there != wanted) {
        throw refused(mount, "it is a " + there + ", the volume a " + wanted);
      }
      Path existing = target;
      while (host.kind(inImage(existing)) == Kind.NONE) existing = existing.getParent();
      Path real = root.equals(ROOT) ? host.real(existing) : existing;
      if (there != Kind.NONE) return real;
      Path resolved = real.resolve(existing.relativize(target));
      rebuilt.add(real);
      List<MountStep> making = made.computeIfAbsent(real, none -> new ArrayList<>());
      if (wanted == Kind.DIRECTORY) {
        making.add(new MountStep.Directory(stagedAt(resolved)));
      } else {
        making.add(new MountStep.Directory(stagedAt(resolved.getParent())));
        making.add(new MountStep.Blank(stagedAt(resolved)));
      }
      return resolved;
    }

    private void rebuild(Path directory) {
      steps.add(new MountStep.Memory(stagedAt(directory)));
      List<MountStep> binds = new ArrayList<>();
      List<Entry> entries = host.entries(inImage(directory));
      for (Entry entry : entries) {
        if (!isKernels(directory, entry.name())) show(directory, entry, binds);
      }
      if (directory.equals(ROOT)) {
        steps.add(new MountStep.Directory(stagedAt(PROC)));
        for (String name : KERNEL) show(ROOT.resolve(name), stagedAt(ROOT.resolve(name)), binds);
      }
      steps.addAll(made.getOrDefault(directory, List.of()));
      steps.addAll(binds);
    }

    private static boolean isKernels(Path directory, String name) {
      return directory.equals(ROOT) && (KERNEL.contains(name) || name.equals("proc"));
    }

    private void show(Path source, Path at, List<MountStep> binds) {
      steps.add(new MountStep.Directory(at));
      binds.add(new MountStep.Bind(source, at, false, Set.of()));
    }

    private void show(Path directory, Entry entry, List<MountStep> binds) {
      Path child = directory.resolve(entry.name());
      Path at = stagedAt(child);
      if (entry.link() != null) {
        steps.add(new MountStep.Link(at, entry.link()));
      } else if (entry.kind() == Kind.DIRECTORY) {
        show(inImage(child), at, binds);
      } else {
        steps.add(new MountStep.Blank(at));
        binds.add(new MountStep.Bind(inImage(child), at, false, Set.of()));
      }
    }

    private void bind(Mount mount, Path at) {
      Set<String> flags = mount.readOnly() ? host.flags(host.real(mount.source())) : Set.of();
      steps.add(new MountStep.Bind(mount.source(), at, mount.readOnly(), flags));
    }

    private Path at(Path inContainer) {
      return rebuilt.isEmpty() ? inContainer : stagedAt(inContainer);
    }

    private Path stagedAt(Path inContainer) {
      return stage.resolve(ROOT.relativize(inContainer));
    }

    private Path inImage(Path inContainer) {
      return root.resolve(ROOT.relativize(inContainer));
    }

    private static LaunchRefused refused(Mount mount, String why) {
      return new LaunchRefused(
          "CreateContainerError",
          "volume " + mount.volume() + " cannot stand at " + mount.mountPath() + ": " + why);
    }
  }
}
