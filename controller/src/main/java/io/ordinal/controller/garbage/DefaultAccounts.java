package io.ordinal.controller.garbage;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.ChangeFeed;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.controller.upkeep.Chore;
import io.ordinal.controller.upkeep.Upkeep;
import io.ordinal.protocol.id.Revision;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives every namespace that is not ending its service account {@code default}, again and again if
 * somebody deletes it.
 */
public final class DefaultAccounts implements Chore<Chore.Plan> {
  private static final String NAME = "default";
  private static final ResourceName ACCOUNTS = new ResourceName("serviceaccounts");
  private static final List<ResourceName> FOLLOWED = List.of(ObjectFacts.NAMESPACES, ACCOUNTS);

  private final InstantSource clock;
  private final Supplier<String> freshUids;

  private DefaultAccounts(InstantSource clock, Supplier<String> freshUids) {
    this.clock = clock;
    this.freshUids = freshUids;
  }

  /** Begins as soon as it is spawned. */
  public static Behavior<Upkeep.Command> create(
      ObjectStore store,
      InstantSource clock,
      Supplier<String> freshUids,
      GarbageSettings settings) {
    return Upkeep.of(new DefaultAccounts(clock, freshUids), store, settings.accounts());
  }

  @Override
  public Set<ResourceName> watched() {
    return Set.copyOf(FOLLOWED);
  }

  @Override
  public String what() {
    return "service accounts of namespaces";
  }

  @Override
  public Plan look(View view, boolean whole, Revision after) {
    Set<String> touched = new LinkedHashSet<>();
    Optional<List<Change>> changes =
        whole ? Optional.empty() : ChangeFeed.since(view, FOLLOWED, after);
    if (changes.isPresent()) {
      for (Change change : changes.get()) {
        ObjectKey key = change.key();
        touched.add(key.resource().equals(ACCOUNTS) ? key.namespace() : key.name());
      }
    } else {
      view.scan(ObjectFacts.NAMESPACES, "", each -> touched.add(each.key().name()) || true);
    }
    List<Transaction> accounts = new ArrayList<>();
    for (String namespace : touched) {
      ObjectKey key = new ObjectKey(ACCOUNTS, namespace, NAME);
      if (view.get(key).isPresent()) continue;
      view.get(GarbageIndex.namespaceKey(namespace))
          .filter(each -> !ObjectFacts.of(each).deleting())
          .ifPresent(each -> accounts.add(account(key, each)));
    }
    // Refused where the namespace has changed: that change brings the next look.
    return new Plan(view.revision(), accounts, Optional.empty());
  }

  @Override
  public Plan plan(Plan missing) {
    return missing;
  }

  private Transaction account(ObjectKey key, StoredObject namespace) {
    ObjectNode tree = Json.object().put("kind", "ServiceAccount").put("apiVersion", "v1");
    tree.putObject("metadata")
        .put("name", NAME)
        .put("namespace", key.namespace())
        .put("uid", freshUids.get())
        .put("creationTimestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    return Transaction.of(
        new Operation.Expect(namespace.key(), Condition.at(namespace.revision())),
        new Operation.PutIfAbsent(key, new ApiObject(tree).draft()));
  }
}
