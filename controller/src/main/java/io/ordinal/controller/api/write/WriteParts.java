package io.ordinal.controller.api.write;

import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.read.ConfirmedStore;
import io.ordinal.controller.replica.Replicas;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What all handlers that write are made of. */
public final class WriteParts {
  private final ConfirmedStore store;
  private final Departure departure;
  private final KindRegistry kinds;
  private final Bodies bodies;
  private final WriteSettings settings;
  private final StoreSink storeSink;
  private final ReplicaSink replicaSink;
  private final InstantSource clock;
  private final Supplier<String> uids;
  private final RandomGenerator chance;
  private final Guard guard;
  private final OpenNamespaces namespaces = new OpenNamespaces();

  /**
   * @param guard asked before anything is written
   */
  public WriteParts(
      ConfirmedStore store,
      Replicas replicas,
      KindRegistry kinds,
      Bodies bodies,
      WriteSettings settings,
      Origins origins,
      Guard guard) {
    this.guard = guard;
    this.store = store;
    this.departure = new Departure(store, settings.deletePatience());
    this.kinds = kinds;
    this.bodies = bodies;
    this.settings = settings;
    this.storeSink = new StoreSink(store, settings.objectLimitBytes());
    this.replicaSink = new ReplicaSink(replicas, settings.objectLimitBytes());
    this.clock = origins.clock();
    this.uids = origins.uids();
    this.chance = origins.chance();
  }

  /**
   * Where what nobody decides comes from.
   *
   * @param uids makes a fresh UUID each time
   * @param chance thread safe
   */
  public record Origins(InstantSource clock, Supplier<String> uids, RandomGenerator chance) {}

  OpenNamespaces namespaces() {
    return namespaces;
  }

  Guard guard() {
    return guard;
  }

  Departure departure() {
    return departure;
  }

  ConfirmedStore store() {
    return store;
  }

  KindRegistry kinds() {
    return kinds;
  }

  Bodies bodies() {
    return bodies;
  }

  WriteSettings settings() {
    return settings;
  }

  InstantSource clock() {
    return clock;
  }

  Supplier<String> uids() {
    return uids;
  }

  RandomGenerator chance() {
    return chance;
  }

  /** Pods are written by their replicas, everything else by transactions. */
  Sink sink(ResourceKind kind) {
    return kind.resource().equals(Rules.PODS) ? replicaSink : storeSink;
  }

  ReplicaSink replicas() {
    return replicaSink;
  }
}
