package io.ordinal.controller.volume;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.Compacted;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Sees to it that deleted claims go when no pod uses them, and volumes by their policy when their
 * claim is gone. May run on every controller: each step has its preconditions. The directory stays
 * on the node.
 */
public final class VolumeReclaimer extends AbstractBehavior<VolumeReclaimer.Command> {
  private static final ResourceName PODS = new ResourceName("pods");

  /** What the actor understands; all of it comes from itself. */
  public sealed interface Command {}

  private record Look() implements Command {}

  private record Looked(Revision at, List<Transaction> steps) implements Command {}

  private record LookFailed(Throwable cause) implements Command {}

  private record MakeClass() implements Command {}

  private record ClassMade() implements Command {}

  private record ClassNotMade(Throwable cause) implements Command {}

  private final ObjectStore store;
  private final TimerScheduler<Command> timers;
  private final VolumeSettings settings;
  private final Supplier<ApiObject> defaultClass;
  private Revision seen = Revision.ZERO;

  /**
   * @param ids fresh uids
   */
  public static Behavior<Command> create(
      ObjectStore store, VolumeSettings settings, InstantSource clock, Supplier<UUID> ids) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  if (!settings.defaultClass().isEmpty()) context.getSelf().tell(new MakeClass());
                  timers.startTimerWithFixedDelay(new Look(), settings.reclaim());
                  return new VolumeReclaimer(
                      context,
                      store,
                      timers,
                      settings,
                      () ->
                          LocalClass.document(settings.defaultClass(), ids.get(), clock.instant()));
                }));
  }

  private VolumeReclaimer(
      ActorContext<Command> context,
      ObjectStore store,
      TimerScheduler<Command> timers,
      VolumeSettings settings,
      Supplier<ApiObject> defaultClass) {
    super(context);
    this.store = store;
    this.timers = timers;
    this.settings = settings;
    this.defaultClass = defaultClass;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Look.class, this::onLook)
        .onMessage(Looked.class, this::onLooked)
        .onMessage(LookFailed.class, this::onLookFailed)
        .onMessage(MakeClass.class, this::onMakeClass)
        .onMessage(ClassMade.class, this::onClassMade)
        .onMessage(ClassNotMade.class, this::onClassNotMade)
        .build();
  }

  private Behavior<Command> onLook(Look look) {
    Revision since = seen;
    getContext()
        .pipeToSelf(
            store.read(Freshness.LOCAL, view -> looked(view, since)),
            (found, failure) -> failure == null ? found : new LookFailed(failure));
    return this;
  }

  /** What another one did first is refused, and was right: the next look finds out. */
  private Behavior<Command> onLooked(Looked looked) {
    seen = looked.at();
    looked.steps().forEach(store::commit);
    return this;
  }

  private Behavior<Command> onLookFailed(LookFailed failed) {
    getContext()
        .getLog()
        .debug("could not look at claims and volumes, tries again", failed.cause());
    return this;
  }

  private Behavior<Command> onMakeClass(MakeClass make) {
    ApiObject local = defaultClass.get();
    ObjectKey key = new ObjectKey(VolumeWorld.CLASSES, "", local.name());
    getContext()
        .pipeToSelf(
            store.commit(Transaction.of(new Operation.PutIfAbsent(key, local.draft()))),
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
    if (!moved) return new Looked(view.revision(), List.of());
    List<ApiObject> claims = all(view, VolumeWorld.CLAIMS);
    boolean deleting = claims.stream().anyMatch(each -> each.deletionTimestamp().isPresent());
    Reclaim reclaim = new Reclaim(claims, deleting ? all(view, PODS) : List.of());
    List<Transaction> steps = new ArrayList<>(reclaim.ofClaims());
    steps.addAll(reclaim.ofVolumes(all(view, VolumeWorld.VOLUMES)));
    // Only a look that found nothing to do has seen everything: a step may fail.
    return new Looked(steps.isEmpty() ? view.revision() : since, steps);
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
