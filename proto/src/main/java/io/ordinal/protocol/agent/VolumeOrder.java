package io.ordinal.protocol.agent;

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
   * @param path absolute path where the volume is configured to be, or empty for the node's own
   *     place
   * @param hook absolute path of a program that must succeed before this node takes the volume over
   *     from another node, or empty. Called as {@code <hook> fence <volume> <path> <old node> <old
   *     incarnation> <new node> <new incarnation>}
   * @param shared every node sees the directory at {@code path}, and may have had the volume before
   * @param home UUID of the state of the node that the volume was made on, as text; empty when that
   *     is not known, and for shared ones. Another node's state does not make the directory anew
   * @param mayBeNew a shared one was made with this very life: nobody had it before, so that no
   *     directory need be there
   * @param several lives of several identities may have a shared one at once, each on a node of its
   *     own; otherwise one machine may have it at a time
   */
  record Claimed(
      String name,
      String volume,
      String claim,
      String path,
      boolean readOnly,
      String hook,
      boolean shared,
      String home,
      boolean mayBeNew,
      boolean several)
      implements VolumeOrder {
    /** On this node only, made nobody knows where. */
    public Claimed(
        String name, String volume, String claim, String path, boolean readOnly, String hook) {
      this(name, volume, claim, path, readOnly, hook, false, "", false, false);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.claimed(this);
    }
  }

  /**
   * Files written by the agent before the start: a ConfigMap, a Secret, the downward API. Paths are
   * relative.
   */
  record Files(String name, Map<String, byte[]> files, int mode) implements VolumeOrder {
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
