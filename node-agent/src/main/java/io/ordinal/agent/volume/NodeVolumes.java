package io.ordinal.agent.volume;

import io.ordinal.agent.disk.FileTree;
import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.agent.driver.LaunchSpec.Mount;
import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.ContainerOrder.MountOrder;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Volumes as directories of this node: {@code volumes/PV/data} with the mark {@code
 * volumes/PV/owner} for claimed ones, {@code lives/NAMESPACE_NAME_INCARNATION/VOLUME} for those
 * that go with a life, {@code removed/PV} for what is on its way out.
 */
public final class NodeVolumes implements Volumes {
  private static final String EMPTY_MODE = "rwxrwxrwx";
  private static final String PRIVATE_MODE = "rwx------";

  private final NodeMarks marks;
  private final Path lives;
  private final AgingFiles aging;
  private final Path removed;
  private final Map<String, CompletableFuture<Void>> removals = new ConcurrentHashMap<>();
  private final Executor blocking;
  private final Executor slow;
  private final VolumeSettings settings;
  private final SharedVolume.Tools tools;

  /**
   * @param state a directory of its own, made if absent
   * @param blocking where files are written
   * @param slow where storage that may be away is waited for, and hooks
   * @param clock that nobody sets
   * @param runs makes a name for each run of a hook, never the same
   */
  public NodeVolumes(
      Path state,
      VolumeSettings settings,
      Executor blocking,
      Executor slow,
      InstantSource clock,
      Supplier<UUID> runs) {
    this.slow = slow;
    this.settings = settings;
    this.tools = SharedVolume.Tools.of(settings, clock, runs);
    this.marks =
        new NodeMarks(state.toAbsolutePath().resolve("volumes"), settings.rememberedLives());
    this.lives = state.toAbsolutePath().resolve("lives");
    this.aging = new AgingFiles(lives);
    this.removed = state.toAbsolutePath().resolve("removed");
    this.blocking = blocking;
  }

  @Override
  public CompletionStage<Map<String, List<Mount>>> prepare(
      LifeOrder order, Consumer<AgentEvent> people) {
    return on(
        threadFor(order),
        () -> {
          VolumeFiles.directory(lives, PRIVATE_MODE);
          Map<String, Place> places = new HashMap<>();
          for (VolumeOrder volume : order.volumes()) {
            try {
              places.put(volume.name(), volume.match(new Making(order, people)).call());
            } catch (IOException e) {
              throw refused("volume " + volume.name() + ": " + e);
            }
          }
          aging.note(order);
          Map<String, List<Mount>> mounts = new HashMap<>();
          for (ContainerOrder container : containers(order)) {
            mounts.put(container.name(), mounts(container, places));
          }
          return mounts;
        });
  }

  @Override
  public CompletionStage<List<Aging>> aging() {
    return on(blocking, aging::all);
  }

  @Override
  public CompletionStage<Void> refresh(
      ReplicaId replica, Incarnation incarnation, List<VolumeOrder.Files> volumes) {
    return on(
        blocking,
        () -> {
          aging.refresh(replica, incarnation, volumes);
          return null;
        });
  }

  @Override
  public CompletionStage<Void> leave(LifeOrder order) {
    List<VolumeOrder.Claimed> shared = shared(order);
    if (shared.isEmpty()) return CompletableFuture.completedFuture(null);
    return NodeVolumes.<Void>on(
            slow,
            () -> {
              for (VolumeOrder.Claimed volume : shared) {
                at(volume.volume(), volume.storage().path()).leave(order);
              }
              return null;
            })
        .orTimeout(settings.leavePatience().toMillis(), TimeUnit.MILLISECONDS);
  }

  private SharedVolume at(String volume, String path) {
    return new SharedVolume(volume, path, tools);
  }

  private static List<VolumeOrder.Claimed> shared(LifeOrder order) {
    List<VolumeOrder.Claimed> shared = new ArrayList<>();
    for (VolumeOrder volume : order.volumes()) {
      if (volume instanceof VolumeOrder.Claimed claimed && NodeMarks.isShared(claimed))
        shared.add(claimed);
    }
    return shared;
  }

  private Executor threadFor(LifeOrder order) {
    return shared(order).isEmpty() ? blocking : slow;
  }

  @Override
  public CompletionStage<Void> release(LifeOrder order) {
    return on(
        blocking,
        () -> {
          for (VolumeOrder volume : order.volumes()) {
            if (volume instanceof VolumeOrder.Claimed held) marks.leave(held, order);
          }
          FileTree.remove(life(order));
          return null;
        });
  }

  @Override
  public CompletionStage<Void> remove(String volume, String path) {
    CompletableFuture<Void> removal = new CompletableFuture<>();
    CompletableFuture<Void> underWay = removals.putIfAbsent(volume, removal);
    if (underWay != null) return underWay;
    NodeVolumes.<Void>on(
            path.isEmpty() ? blocking : slow,
            () -> {
              if (!path.isEmpty()) at(volume, path).remove();
              Path gone = gone(volume);
              marks.setAside(gone);
              FileTree.remove(gone);
              return null;
            })
        .whenComplete(
            (nothing, failure) -> {
              removals.remove(volume);
              if (failure == null) removal.complete(null);
              else removal.completeExceptionally(failure);
            });
    return removal;
  }

  /** Where the volume's directory goes first, so that half of it is never taken for the whole. */
  private Path gone(String volume) throws IOException {
    Path gone = removed.resolve(volume).normalize();
    if (removed.equals(gone.getParent())) return gone;
    throw new IOException("'" + volume + "' is not the name of a volume");
  }

  /** Where a volume is, and whether nobody may write to it. */
  private record Place(Path path, boolean readOnly, boolean growable) {}

  /** Makes one volume; the matching only chooses how, so that failures can be checked ones. */
  private final class Making implements VolumeOrder.Cases<Step<Place>> {
    private final LifeOrder order;
    private final Consumer<AgentEvent> people;

    Making(LifeOrder order, Consumer<AgentEvent> people) {
      this.order = order;
      this.people = people;
    }

    @Override
    public Step<Place> claimed(VolumeOrder.Claimed volume) {
      return () -> {
        Path data = volume.storage().match(new Taking(volume, order, people)).call();
        return new Place(data, volume.readOnly(), !volume.readOnly());
      };
    }

    @Override
    public Step<Place> files(VolumeOrder.Files volume) {
      return () -> {
        Path path = life(order).resolve(volume.name());
        VolumeFiles.write(path, volume.files(), volume.mode());
        return new Place(path, true, false);
      };
    }

    @Override
    public Step<Place> empty(VolumeOrder.Empty volume) {
      return () -> {
        Path path = life(order).resolve(volume.name());
        VolumeFiles.directory(path, EMPTY_MODE);
        return new Place(path, false, true);
      };
    }

    @Override
    public Step<Place> host(VolumeOrder.Host volume) {
      return () -> {
        Path path = Path.of(volume.path());
        if (!path.isAbsolute() || !Files.exists(path)) {
          throw refused("volume " + volume.name() + ": this machine has no " + path);
        }
        return new Place(path, false, true);
      };
    }
  }

  /** Makes the life the owner of a claimed volume. */
  private final class Taking implements VolumeOrder.StorageCases<Step<Path>> {
    private final VolumeOrder.Claimed volume;
    private final LifeOrder order;
    private final Consumer<AgentEvent> people;

    Taking(VolumeOrder.Claimed volume, LifeOrder order, Consumer<AgentEvent> people) {
      this.volume = volume;
      this.order = order;
      this.people = people;
    }

    @Override
    public Step<Path> local(VolumeOrder.Local storage) {
      return () -> marks.take(volume, storage.home(), order);
    }

    @Override
    public Step<Path> shared(VolumeOrder.Shared storage) {
      return () -> takeShared(volume, storage, order, people);
    }
  }

  /** Like {@link Callable}, but fails with nothing worse than an IOException. */
  private interface Step<T> {
    T call() throws IOException;
  }

  /** Not one after another: storage that is away must not keep others waiting. */
  private Path takeShared(
      VolumeOrder.Claimed volume,
      VolumeOrder.Shared storage,
      LifeOrder order,
      Consumer<AgentEvent> people)
      throws IOException {
    boolean holds = marks.holds(volume, order);
    SharedVolume there = at(volume.volume(), storage.path());
    Path data = there.take(volume.claim(), storage, order, holds, people);
    return marks.mark(volume, order, data);
  }

  private List<Mount> mounts(ContainerOrder container, Map<String, Place> places)
      throws IOException {
    List<Mount> mounts = new ArrayList<>();
    for (MountOrder wanted : container.mounts()) {
      Place place = places.get(wanted.volume());
      if (place == null) throw refused("there is no volume " + wanted.volume() + " in the pod");
      mounts.add(
          new Mount(
              wanted.volume(),
              source(place, wanted),
              wanted.mountPath(),
              place.readOnly() || wanted.readOnly()));
    }
    return mounts;
  }

  private static Path source(Place place, MountOrder wanted) throws IOException {
    if (wanted.subPath().isEmpty()) return place.path();
    Path path = VolumeFiles.inside(place.path(), wanted.subPath());
    if (!Files.exists(path) && place.growable()) Files.createDirectories(path);
    if (!Files.exists(path)) {
      throw refused("volume " + wanted.volume() + " has no " + wanted.subPath());
    }
    if (!path.toRealPath().startsWith(place.path().toRealPath())) {
      throw refused("subPath " + wanted.subPath() + " leads out of volume " + wanted.volume());
    }
    return path.toRealPath();
  }

  private Path life(LifeOrder order) {
    return aging.directory(order.replica(), order.incarnation());
  }

  private static List<ContainerOrder> containers(LifeOrder order) {
    return Stream.concat(order.initContainers().stream(), order.containers().stream()).toList();
  }

  private static LaunchRefused refused(String message) {
    return new LaunchRefused(VolumeFiles.FAILED, message);
  }

  private static <T> CompletableFuture<T> on(Executor executor, Callable<T> callable) {
    CompletableFuture<T> future = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            future.complete(callable.call());
          } catch (Throwable failure) {
            future.completeExceptionally(failure);
          }
        });
    return future;
  }
}
