package io.ordinal.agent.state;

import io.ordinal.protocol.id.ReplicaId;
import java.nio.file.Path;

/** Where things stand in a state directory. */
record StatePaths(Path root) {
  static final String LIFE_SUFFIX = ".life";

  Path lock() {
    return root.resolve("lock");
  }

  Path stateUuid() {
    return root.resolve("state-uuid");
  }

  Path machine() {
    return root.resolve("machine");
  }

  Path session() {
    return root.resolve("session");
  }

  Path lives() {
    return root.resolve("lives");
  }

  Path life(LifeName life) {
    return replica(life.replica()).resolve(life.incarnation() + LIFE_SUFFIX);
  }

  Path floor(ReplicaId replica) {
    return replica(replica).resolve("floor");
  }

  private Path replica(ReplicaId replica) {
    return lives().resolve(plain(replica.namespace())).resolve(plain(replica.name()));
  }

  /** Names come from an API that checks them; a path must not depend on that. */
  private static String plain(String name) {
    if (name.startsWith(".") || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("'" + name + "' cannot be the name of a directory");
    }
    return name;
  }
}
