package io.ordinal.controller.disruption;

import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.ChangeFeed;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.controller.upkeep.Chore;
import io.ordinal.controller.upkeep.Upkeep;
import io.ordinal.protocol.id.Revision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.Behavior;

/**
 * Keeps the status of every PodDisruptionBudget: looks again at the budgets of namespaces in which
 * something changed. Evictions do not depend on it, they count for themselves.
 */
public final class DisruptionController implements Chore<DisruptionController.Findings> {
  private static final List<ResourceName> WATCHED =
      List.of(DisruptionNames.BUDGETS, DisruptionNames.PODS, DisruptionNames.SETS);

  /**
   * What a look found.
   *
   * @param writes statuses that are not what they should be
   * @param next when time alone changes a status
   */
  record Findings(Revision at, List<Transaction> writes, Optional<Instant> next) {}

  private final InstantSource clock;
  private final DisruptionSettings settings;

  private DisruptionController(InstantSource clock, DisruptionSettings settings) {
    this.clock = clock;
    this.settings = settings;
  }

  /** One that begins as soon as it is spawned. */
  public static Behavior<Upkeep.Command> create(
      ObjectStore store, InstantSource clock, DisruptionSettings settings) {
    return Upkeep.of(new DisruptionController(clock, settings), store, settings.upkeep());
  }

  @Override
  public Set<ResourceName> watched() {
    return Set.copyOf(WATCHED);
  }

  @Override
  public String what() {
    return "the status of disruption budgets";
  }

  @Override
  public Findings look(View view, boolean whole, Revision after) {
    Instant now = clock.instant();
    List<Transaction> writes = new ArrayList<>();
    Optional<Instant> next = Optional.empty();
    for (String namespace : namespaces(view, whole, after)) {
      for (ObservedBudget each : Budgets.in(view, namespace, settings.patience())) {
        each.refresh(now).map(Transaction::of).ifPresent(writes::add);
        Optional<Instant> due = each.nextLook(now);
        if (due.isPresent() && (next.isEmpty() || due.get().isBefore(next.get()))) next = due;
      }
    }
    return new Findings(view.revision(), writes, next);
  }

  private static Set<String> namespaces(View view, boolean whole, Revision after) {
    Set<String> namespaces = new TreeSet<>();
    Optional<List<Change>> changes =
        whole ? Optional.empty() : ChangeFeed.since(view, WATCHED, after);
    if (changes.isPresent()) {
      changes.get().forEach(each -> namespaces.add(each.key().namespace()));
    } else {
      view.scan(
          DisruptionNames.BUDGETS, "", each -> namespaces.add(each.key().namespace()) || true);
    }
    return namespaces;
  }

  @Override
  public Plan plan(Findings findings) {
    return new Plan(findings.at(), findings.writes(), findings.next().map(this::untilThen));
  }

  private Duration untilThen(Instant due) {
    Duration left = Duration.between(clock.instant(), due);
    Duration least = settings.upkeep().pause();
    return left.compareTo(least) < 0 ? least : left;
  }
}
