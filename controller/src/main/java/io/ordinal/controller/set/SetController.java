package io.ordinal.controller.set;

import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.ChangeFeed;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import io.ordinal.protocol.id.SetKey;
import io.ordinal.protocol.id.Term;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Looks after all sets, with a sequencer for each; meant to run as a cluster singleton. Being the
 * only one is not relied on: each activation commits a higher term, every order carries it, and one
 * whose term was overtaken stops giving orders, rests, and takes a new term if it is still there.
 */
public final class SetController extends AbstractBehavior<SetController.Command> {
  /** What it hears, all of it from itself and its sequencers. */
  public sealed interface Command
      permits Activate,
          TermTaken,
          TermNotTaken,
          StoreChanged,
          FeedRead,
          FeedNotRead,
          Resync,
          SequencerEnded,
          SetSequencer.Superseded {}

  record Activate() implements Command {}

  record TermTaken(Term taken) implements Command {}

  record TermNotTaken(Throwable cause) implements Command {}

  record StoreChanged() implements Command {}

  /**
   * @param changes since the last reading; absent when some were purged
   * @param sets all there are, if they were asked for
   */
  record FeedRead(Term term, Revision at, Optional<List<Change>> changes, Set<SetKey> sets)
      implements Command {}

  record FeedNotRead(Term term, Throwable cause) implements Command {}

  record Resync() implements Command {}

  record SequencerEnded(SetKey key, ActorRef<SetSequencer.Command> sequencer) implements Command {}

  private static final double JITTER = 0.2;
  private static final List<ResourceName> WATCHED =
      List.of(
          SetNames.SETS, SetNames.PODS, SetNames.CLAIMS, SetNames.REVISIONS, SetNames.NAMESPACES);

  private final SetPorts ports;
  private final SetSettings settings;
  private final TimerScheduler<Command> timers;
  private final AutoCloseable subscription;
  private final Map<SetKey, ActorRef<SetSequencer.Command>> sequencers = new HashMap<>();

  /** {@link Term#NONE} while not in office. */
  private Term term = Term.NONE;

  private Revision seen = Revision.ZERO;
  private boolean reading;
  private boolean hinted;
  private boolean setsWanted;

  /** A controller that takes a term and begins as soon as it is spawned. */
  public static Behavior<Command> create(SetPorts ports, SetSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new SetController(context, timers, ports, settings)));
  }

  private SetController(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SetPorts ports,
      SetSettings settings) {
    super(context);
    this.ports = ports;
    this.settings = settings;
    this.timers = timers;
    ActorRef<Command> self = context.getSelf();
    this.subscription =
        ports.store().onChange(Set.copyOf(WATCHED), revision -> self.tell(new StoreChanged()));
    timers.startTimerWithFixedDelay(new Resync(), settings.resync());
    self.tell(new Activate());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Activate.class, this::onActivate)
        .onMessage(TermTaken.class, this::onTermTaken)
        .onMessage(TermNotTaken.class, this::onTermNotTaken)
        .onMessage(StoreChanged.class, this::onStoreChanged)
        .onMessage(FeedRead.class, this::onFeedRead)
        .onMessage(FeedNotRead.class, this::onFeedNotRead)
        .onMessage(Resync.class, this::onResync)
        .onMessage(SequencerEnded.class, this::onSequencerEnded)
        .onMessage(SetSequencer.Superseded.class, this::onSuperseded)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private Behavior<Command> onActivate(Activate activate) {
    getContext()
        .pipeToSelf(
            Terms.take(ports.store(), ports.office(), getContext().getSelf().path().toString()),
            (taken, failure) -> failure == null ? new TermTaken(taken) : new TermNotTaken(failure));
    return this;
  }

  private Behavior<Command> onTermTaken(TermTaken activation) {
    term = activation.taken();
    getContext().getLog().info("set controller begins term {}", term);
    setsWanted = true;
    read();
    return this;
  }

  private Behavior<Command> onTermNotTaken(TermNotTaken failed) {
    getContext().getLog().info("could not take a term yet: {}", failed.cause().toString());
    timers.startSingleTimer(new Activate(), settings.retryFirst());
    return this;
  }

  private Behavior<Command> onStoreChanged(StoreChanged hint) {
    read();
    return this;
  }

  private void read() {
    if (term.equals(Term.NONE)) return;
    hinted = reading;
    if (reading) return;
    reading = true;
    Term asked = term;
    Revision after = seen;
    boolean withSets = setsWanted;
    setsWanted = false;
    getContext()
        .pipeToSelf(
            // A local read is enough: it only tells which sequencers should look for themselves.
            ports.store().read(Freshness.LOCAL, view -> page(view, asked, after, withSets)),
            (page, failure) -> failure == null ? page : new FeedNotRead(asked, failure));
  }

  private static FeedRead page(View view, Term term, Revision after, boolean withSets) {
    Optional<List<Change>> changes =
        after.equals(Revision.ZERO) ? Optional.empty() : ChangeFeed.since(view, WATCHED, after);
    Set<SetKey> sets = new HashSet<>();
    if (withSets || changes.isEmpty()) {
      view.scan(SetNames.SETS, "", set -> sets.add(SetNames.set(set.key())));
    }
    return new FeedRead(term, view.revision(), changes, sets);
  }

  private Behavior<Command> onFeedRead(FeedRead page) {
    reading = false;
    if (page.term().equals(term)) {
      if (page.at().isAfter(seen)) seen = page.at();
      page.sets().forEach(this::lookAfter);
      page.changes()
          .ifPresentOrElse(
              changes -> changes.forEach(this::hint),
              () -> sequencers.keySet().forEach(this::hint));
    }
    if (hinted) read();
    return this;
  }

  private Behavior<Command> onFeedNotRead(FeedNotRead failed) {
    getContext().getLog().debug("could not read changes: {}", failed.cause().toString());
    reading = false;
    setsWanted = true;
    timers.startSingleTimer(new StoreChanged(), settings.retryFirst());
    return this;
  }

  private Behavior<Command> onResync(Resync tick) {
    setsWanted = true;
    read();
    return this;
  }

  /** The set was gone, but perhaps it has been made again since. */
  private Behavior<Command> onSequencerEnded(SequencerEnded ended) {
    sequencers.remove(ended.key(), ended.sequencer());
    setsWanted = true;
    read();
    return this;
  }

  private Behavior<Command> onSuperseded(SetSequencer.Superseded superseded) {
    if (term.equals(Term.NONE) || superseded.by().compareTo(term) <= 0) return this;
    getContext().getLog().warn("term {} was overtaken by {}", term, superseded.by());
    term = Term.NONE;
    seen = Revision.ZERO;
    sequencers.values().forEach(getContext()::stop);
    sequencers.clear();
    timers.startSingleTimer(new Activate(), settings.retakeAfter());
    return this;
  }

  private Behavior<Command> onPostStop(PostStop signal) throws Exception {
    subscription.close();
    return this;
  }

  private void hint(Change change) {
    ObjectKey key = change.key();
    if (key.resource().equals(SetNames.SETS)) {
      if (!change.deleted()) lookAfter(SetNames.set(key));
      hint(SetNames.set(key));
    } else if (key.resource().equals(SetNames.CLAIMS)) {
      SetNames.claimants(key).forEach(this::hint);
    } else if (key.resource().equals(SetNames.NAMESPACES)) {
      sequencers.keySet().stream()
          .filter(set -> set.namespace().equals(key.name()))
          .forEach(this::hint);
    } else {
      SetNames.parent(key).ifPresent(this::hint);
    }
  }

  private void hint(SetKey key) {
    ActorRef<SetSequencer.Command> sequencer = sequencers.get(key);
    if (sequencer != null) sequencer.tell(new SetSequencer.Look());
  }

  private void lookAfter(SetKey key) {
    if (sequencers.containsKey(key)) return;
    String name = key.namespace() + "~" + key.name() + "~" + term;
    Behavior<SetSequencer.Command> behavior =
        Behaviors.supervise(SetSequencer.create(key, term, ports, settings, getContext().getSelf()))
            .onFailure(
                SupervisorStrategy.restartWithBackoff(
                    settings.retryFirst(), settings.retryMost(), JITTER));
    ActorRef<SetSequencer.Command> sequencer = getContext().spawn(behavior, name);
    getContext().watchWith(sequencer, new SequencerEnded(key, sequencer));
    sequencers.put(key, sequencer);
  }
}
