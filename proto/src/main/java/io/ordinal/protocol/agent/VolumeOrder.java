package io.ordinal.protocol.agent;

import java.time.Duration;
import java.util.Map;

/** A volume of a life, by the name that its mounts use. */
public sealed interface VolumeOrder {
  String name();

  <R> R match(Cases<R> cases);

  /**
   * A claimed directory that outlives the life.
   *
   * @param volume name of the PersistentVolume: the directory's name on the node
   * @param claim name of the PersistentVolumeClaim
   */
  record Claimed(String name, String volume, String claim, boolean readOnly, Storage storage)
      implements VolumeOrder {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.claimed(this);
    }
  }

  /** Where a claimed directory is, and who sees it. */
  sealed interface Storage {
    /** Absolute, or empty for the node's own place. */
    String path();

    <R> R match(StorageCases<R> cases);
  }

  /**
   * Of this node only.
   *
   * @param home UUID of the state of the node that the volume was made on, as text; empty when that
   *     is not known. Another node's state does not make the directory anew
   */
  record Local(String path, String home) implements Storage {
    @Override
    public <R> R match(StorageCases<R> cases) {
      return cases.local(this);
    }
  }

  /**
   * Every node sees the directory, and may have had the volume before.
   *
   * @param hook absolute path of a program that must succeed before this node takes the volume over
   *     from another node, or empty. Called as {@code <hook> fence <volume> <path> <old node> <old
   *     incarnation> <new node> <new incarnation>}
   * @param mayBeNew it was made with this very life: nobody had it before, so that no directory
   *     need be there
   * @param several lives of several identities may have it at once, each on a node of its own;
   *     otherwise one machine may have it at a time
   */
  record Shared(String path, String hook, boolean mayBeNew, boolean several) implements Storage {
    @Override
    public <R> R match(StorageCases<R> cases) {
      return cases.shared(this);
    }
  }

  /** One method a kind of storage. */
  interface StorageCases<R> {
    R local(Local storage);

    R shared(Shared storage);
  }

  /**
   * Files written by the agent before the start: a ConfigMap, a Secret, the downward API. Paths are
   * relative.
   *
   * @param renewal how long after they were made the agent is to ask for new ones, because they
   *     expire ({@link FrontDoorRequest.Refresh}); zero for never
   */
  record Files(String name, Map<String, byte[]> files, int mode, Duration renewal)
      implements VolumeOrder {
    /** Of those that do not age. */
    public Files(String name, Map<String, byte[]> files, int mode) {
      this(name, files, mode, Duration.ZERO);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.files(this);
    }
  }

  /** An empty directory that goes with the life. */
  record Empty(String name) implements VolumeOrder {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.empty(this);
    }
  }

  /** A directory or file of the machine. */
  record Host(String name, String path) implements VolumeOrder {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.host(this);
    }
  }

  /** One method a kind of volume. */
  interface Cases<R> {
    R claimed(Claimed volume);

    R files(Files volume);

    R empty(Empty volume);

    R host(Host volume);
  }
}
