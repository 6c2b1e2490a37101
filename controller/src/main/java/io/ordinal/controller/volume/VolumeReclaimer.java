package io.ordinal.controller.volume;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.store.Compacted;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.controller.volume.Reclaim.Removal;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Sees to it that deleted claims go when no pod uses them, and volumes by their policy when their
 * claim is gone: first they are Released, and those to be deleted go when their node has removed
 * the directory. May run on every controller: each step has its preconditions, and nodes bear
 * repeats.
 */
public final class VolumeReclaimer extends AbstractBehavior<VolumeReclaimer.Command> {
  private static final ResourceName PODS = new ResourceName("pods");
  private static final String COMPONENT = "volume-reclaimer";

  /** What the actor understands. */
  public sealed interface Command {}

  /**
   * A node's word on a directory that it was asked to remove.
   *
   * @param obstacle why it is still there; empty when it is gone
   */
  public record Answered(NodeName node, String volume, Optional<String> obstacle)
      implements Command {}

  private record Look() implements Command {}

  private record Looked(Revision at, List<Transaction> steps, boolean removals)
      implements Command {}

  private record Doomed(List<Removal> removals) implements Command {}

  private record Gone(Optional<Transaction> step) implements Command {}

  private record Tried(Optional<Throwable> failure) implements Command {}

  private record Remind() implements Command {}

  private record Overdue(List<Removal> removals) implements Command {}

  private record LookFailed(Throwable cause) implements Command {}

  private record MakeClass() implements Command {}

  private record ClassMade() implements Command {}

  private record ClassNotMade(Throwable cause) implements Command {}

  private final VolumePorts ports;
  private final TimerScheduler<Command> timers;
  private final VolumeSettings settings;

  /** Asked for; false once the node has said why it cannot. */
  private final Map<Removal, Boolean> asked = new HashMap<>();

  private Revision seen = Revision.ZERO;

  public static Behavior<Command> create(VolumePorts ports, VolumeSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  if (!settings.defaultClass().isEmpty()) context.getSelf().tell(new MakeClass());
                  timers.startTimerWithFixedDelay(new Look(), settings.reclaim());
                  return new VolumeReclaimer(context, ports, timers, settings);
                }));
  }

  private VolumeReclaimer(
      ActorContext<Command> context,
      VolumePorts ports,
      TimerScheduler<Command> timers,
      VolumeSettings settings) {
    super(context);
    this.ports = ports;
    this.timers = timers;
    this.settings = settings;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Look.class, this::onLook)
        .onMessage(Looked.class, this::onLooked)
        .onMessage(LookFailed.class, this::onLookFailed)
        .onMessage(Doomed.class, this::onDoomed)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(Gone.class, this::onGone)
        .onMessage(Tried.class, this::onTried)
        .onMessage(Remind.class, this::onRemind)
        .onMessage(Overdue.class, this::onOverdue)
        .onMessage(MakeClass.class, this::onMakeClass)
        .onMessage(ClassMade.class, this::onClassMade)
        .onMessage(ClassNotMade.class, this::onClassNotMade)
        .build();
  }

  private Behavior<Command> onLook(Look look) {
    Revision since = seen;
    read(Freshness.LOCAL, view -> looked(view, since));
    return this;
  }

  /** What is refused was decided on something that has moved: the next look decides anew. */
  private void commit(Transaction step) {
    getContext()
        .pipeToSelf(
            ports.store().commit(step),
            (outcome, failure) -> new Tried(Optional.ofNullable(failure)));
  }

  private Behavior<Command> onTried(Tried tried) {
    tried
        .failure()
        .ifPresent(
            cause -> {
              getContext().getLog().info("a step was not committed: {}", cause.toString());
              seen = Revision.ZERO; // To be decided anew.
            });
    return this;
  }

  private void read(Freshness freshness, Function<View, Command> look) {
    getContext()
        .pipeToSelf(
            ports.store().read(freshness, look::apply),
            (found, failure) -> failure == null ? found : new LookFailed(failure));
  }

  /** What another one did first is refused, and was right: the next look finds out. */
  private Behavior<Command> onLooked(Looked looked) {
    seen = looked.at();
    looked.steps().forEach(this::commit);
    // Data is destroyed on no stale word: the policy may have become Retain meanwhile.
    if (looked.removals()) read(Freshness.LINEARIZABLE, view -> new Doomed(removals(view)));
    return this;
  }

  private Behavior<Command> onLookFailed(LookFailed failed) {
    seen = Revision.ZERO;
    remindLater(); // Should it have been the reminder's own look.
    getContext()
        .getLog()
        .debug("could not look at claims and volumes, tries again", failed.cause());
    return this;
  }

  private Behavior<Command> onDoomed(Doomed doomed) {
    for (Removal removal : doomed.removals()) {
      if (asked.putIfAbsent(removal, true) != null) continue;
      ports.directories().remove(removal.node(), removal.volume(), removal.path());
    }
    remindLater();
    return this;
  }

  private void remindLater() {
    if (asked.isEmpty() || timers.isTimerActive(Remind.class)) return;
    timers.startSingleTimer(Remind.class, new Remind(), settings.remind());
  }

  private Behavior<Command> onAnswered(Answered answer) {
    if (answer.obstacle().isEmpty()) {
      Instant now = ports.clock().instant();
      read(Freshness.LINEARIZABLE, view -> new Gone(afterRemoval(view, answer, now)));
      return this;
    }
    for (Removal removal : List.copyOf(asked.keySet())) {
      boolean meant = removal.volume().equals(answer.volume()) && removal.by(answer.node());
      if (meant && asked.put(removal, false)) {
        warn(removal, answer.node().toString(), answer.obstacle().get());
      }
    }
    return this;
  }

  /** A step that is refused is decided anew after the next reminder. */
  private Behavior<Command> onGone(Gone gone) {
    gone.step().ifPresent(this::commit);
    return this;
  }

  private Behavior<Command> onRemind(Remind remind) {
    read(Freshness.LINEARIZABLE, view -> new Overdue(removals(view)));
    return this;
  }

  private Behavior<Command> onOverdue(Overdue overdue) {
    for (Removal removal : overdue.removals()) {
      if (asked.getOrDefault(removal, false)) warn(removal, asked(removal), "no answer");
    }
    asked.clear();
    return onDoomed(new Doomed(overdue.removals()));
  }

  private static String asked(Removal removal) {
    return removal.node().map(NodeName::toString).orElse("that was asked");
  }

  private void warn(Removal removal, String node, String why) {
    String text = "node %s has not removed the directory: %s".formatted(node, why);
    var about =
        new EventNote.About("v1", "PersistentVolume", "", removal.volume(), removal.uid(), "");
    ports.events().record(new EventNote(about, true, "VolumeFailedDelete", text, COMPONENT, ""));
  }

  private Behavior<Command> onMakeClass(MakeClass make) {
    ApiObject local =
        LocalClass.document(settings.defaultClass(), ports.ids().get(), ports.clock().instant());
    getContext()
        .pipeToSelf(
            ports.store().commit(LocalClass.once(local)),
            (outcome, failure) -> failure == null ? new ClassMade() : new ClassNotMade(failure));
    return this;
  }

  private Behavior<Command> onClassMade(ClassMade made) {
    return this;
  }

  private Behavior<Command> onClassNotMade(ClassNotMade failed) {
    getContext().getLog().debug("could not make the default class, tries again", failed.cause());
    timers.startSingleTimer(new MakeClass(), settings.reclaim());
    return this;
  }

  private static Looked looked(View view, Revision since) {
    boolean moved =
        List.of(VolumeWorld.CLAIMS, VolumeWorld.VOLUMES, PODS).stream()
            .anyMatch(resource -> changed(view, resource, since));
    if (!moved) return new Looked(view.revision(), List.of(), false);
    List<ApiObject> claims = all(view, VolumeWorld.CLAIMS);
    boolean deleting = claims.stream().anyMatch(each -> each.deletionTimestamp().isPresent());
    Reclaim reclaim = new Reclaim(claims, deleting ? all(view, PODS) : List.of());
    List<ApiObject> volumes = all(view, VolumeWorld.VOLUMES);
    List<Transaction> steps = new ArrayList<>(reclaim.ofClaims());
    steps.addAll(reclaim.ofVolumes(volumes));
    // Only a look that found nothing to do has seen everything: a step may fail.
    Revision at = steps.isEmpty() ? view.revision() : since;
    return new Looked(at, steps, !reclaim.removals(volumes).isEmpty());
  }

  private static List<Removal> removals(View view) {
    return reclaim(view).removals(all(view, VolumeWorld.VOLUMES));
  }

  private static Optional<Transaction> afterRemoval(View view, Answered answer, Instant now) {
    return view.get(VolumeWorld.volumeKey(answer.volume()))
        .map(ApiObject::of)
        .flatMap(volume -> reclaim(view).afterRemoval(volume, answer.node(), now));
  }

  /** For volumes only: which pods use claims does not matter to them. */
  private static Reclaim reclaim(View view) {
    return new Reclaim(all(view, VolumeWorld.CLAIMS), List.of());
  }

  private static boolean changed(View view, ResourceName resource, Revision since) {
    try {
      return !view.changes(resource, "", since, 1).isEmpty();
    } catch (Compacted missed) {
      return true;
    }
  }

  private static List<ApiObject> all(View view, ResourceName resource) {
    return view.list(resource, "").stream().map(ApiObject::of).toList();
  }
}
