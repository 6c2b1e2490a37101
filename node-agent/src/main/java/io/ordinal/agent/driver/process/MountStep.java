package io.ordinal.agent.driver.process;

import java.nio.file.Path;
import java.util.Set;

/** One thing that is done before the first process starts, in its own mount namespace. */
sealed interface MountStep {
  <R> R match(Cases<R> cases);

  /** An empty file system in memory on an existing directory. */
  record Memory(Path at) implements MountStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.memory(this);
    }
  }

  /** A directory, with those above it; always in {@link Memory}. */
  record Directory(Path at) implements MountStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.directory(this);
    }
  }

  /** An empty file as a place to mount on; always in {@link Memory}. */
  record Blank(Path at) implements MountStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.blank(this);
    }
  }

  /** A symbolic link; always in {@link Memory}. */
  record Link(Path at, String target) implements MountStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.link(this);
    }
  }

  /**
   * Shows source at an existing place of the same kind.
   *
   * @param flags of the source that a read-only mount must repeat
   */
  record Bind(Path source, Path at, boolean readOnly, Set<String> flags) implements MountStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.bind(this);
    }
  }

  /** The PID namespace's own /proc. */
  record Proc(Path at) implements MountStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.proc(this);
    }
  }

  /** Makes the directory the root of everything. */
  record Pivot(Path root) implements MountStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pivot(this);
    }
  }

  /** One method a kind of step. */
  interface Cases<R> {
    R memory(Memory step);

    R directory(Directory step);

    R blank(Blank step);

    R link(Link step);

    R bind(Bind step);

    R proc(Proc step);

    R pivot(Pivot step);
  }
}
