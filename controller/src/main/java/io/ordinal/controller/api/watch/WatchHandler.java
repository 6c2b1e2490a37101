package io.ordinal.controller.api.watch;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.call.HangUp;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.api.read.FoundList;
import io.ordinal.controller.api.read.ListOptions;
import io.ordinal.controller.api.read.Lists;
import io.ordinal.controller.api.read.ReadOptions;
import io.ordinal.controller.api.read.Reads;
import io.ordinal.controller.api.read.Scope;
import io.ordinal.controller.api.select.Selection;
import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.Compacted;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;

/** Answers watches: first what is there or was missed, then what happens. */
public final class WatchHandler {
  /** Everything that a watch shows before it goes live, complete up to a revision. */
  private record Beginning(
      Optional<FoundList> present, List<SharedChange> missed, long upTo, List<String> warnings) {
    private static Beginning after(long revision) {
      return new Beginning(Optional.empty(), List.of(), revision, List.of());
    }

    private static Beginning of(FoundList present) {
      long revision = present.head().revision().value();
      return new Beginning(Optional.of(present), List.of(), revision, present.warnings());
    }

    /** What was missed so far and those of a page. Who missed too much has to list again. */
    List<SharedChange> and(Scope scope, List<Change> page, long mostBytes) {
      List<SharedChange> all = new ArrayList<>(missed);
      for (Change each : page) {
        if (scope.covers(each.key())) all.add(new SharedChange(each));
      }
      if (all.stream().mapToLong(SharedChange::bytes).sum() > mostBytes) {
        throw Refusal.expired("too much has changed since: list again");
      }
      return all;
    }
  }

  private final WatchHubs hubs;
  private final Reads reads;
  private final Lists lists;
  private final WatchSettings settings;
  private final InstantSource clock;
  private final RandomGenerator chance;
  private final ActorSystem<?> system;

  public WatchHandler(
      WatchHubs hubs,
      Reads reads,
      Lists lists,
      WatchSettings settings,
      InstantSource clock,
      RandomGenerator chance,
      ActorSystem<?> system) {
    this.hubs = hubs;
    this.reads = reads;
    this.lists = lists;
    this.settings = settings;
    this.clock = clock;
    this.chance = chance;
    this.system = system;
  }

  public CompletionStage<HttpResponse> watch(Call call) {
    call.form();
    Selection selection = Selection.parse(call.kind(), call.query());
    WatchOptions options = WatchOptions.parse(call.query(), settings, chance);
    Scope scope = Scope.of(call.path(), selection);
    EventPrinter printer = new EventPrinter(call, selection, clock);
    LiveWatch live = new LiveWatch(hubs.of(scope.resource()), scope, settings, system);
    // With the change to another protocol this one ends, which must not end a watch that is read.
    AtomicBoolean changed = new AtomicBoolean();
    HangUp.Wish wish =
        call.gone()
            .then(
                () -> {
                  if (changed.get()) live.closeUnlessRead();
                  else live.close();
                });
    live.onClose(wish::close);
    return joined(call, live, selection, options)
        .thenApply(
            beginning -> {
              changed.set(WatchAnswer.isUpgrade(call.http()));
              return answer(call, printer, options, live, beginning);
            })
        .exceptionally(failure -> expired(call, live, failure));
  }

  private CompletionStage<Beginning> joined(
      Call call, LiveWatch live, Selection selection, WatchOptions options) {
    if (!options.beginsWithAll() && live.joinRecent(options.after())) {
      return CompletableFuture.completedStage(Beginning.after(options.after()));
    }
    return begin(call, live.scope(), selection, options)
        .thenCompose(
            beginning -> {
              beginning.present().ifPresent(found -> live.onClose(found::closeUnlessSending));
              return join(live, live.scope(), beginning);
            });
  }

  private CompletionStage<Beginning> begin(
      Call call, Scope scope, Selection selection, WatchOptions options) {
    Freshness freshness = options.newest() ? Freshness.LINEARIZABLE : Freshness.LOCAL;
    ReadOptions fresh = new ReadOptions(freshness, options.after(), false);
    if (options.beginsWithAll()) {
      ListOptions all = new ListOptions(fresh, 0, Optional.empty());
      String user = call.identity().user();
      return lists
          .find(new Lists.Wanted(user, call.gone(), scope, selection, all))
          .thenApply(Beginning::of);
    }
    return missed(scope, fresh, Beginning.after(options.after()));
  }

  /** Reads changes after what the beginning has, page by page, until there are no more. */
  private CompletionStage<Beginning> missed(Scope scope, ReadOptions fresh, Beginning sofar) {
    return reads
        .read(fresh, view -> changes(view, scope, sofar.upTo()))
        .thenCompose(
            read -> {
              List<Change> page = read.value().changes();
              boolean full = read.value().isFull();
              long upTo =
                  full
                      ? page.get(page.size() - 1).revision().value()
                      : Math.max(sofar.upTo(), read.revision().value());
              List<SharedChange> all = sofar.and(scope, page, settings.missedBytes());
              List<String> warnings =
                  sofar.warnings().isEmpty() ? read.warnings() : sofar.warnings();
              Beginning more = new Beginning(sofar.present(), all, upTo, warnings);
              return full ? missed(scope, fresh, more) : CompletableFuture.completedStage(more);
            });
  }

  private Missed changes(View view, Scope scope, long after) {
    try {
      Missed missed = new Missed(settings.pageChanges(), settings.mostBytes());
      view.visitChanges(scope.resource(), scope.namespace(), new Revision(after), missed::add);
      return missed;
    } catch (Compacted compacted) {
      throw Refusal.expired(compacted.getMessage());
    }
  }

  /** The hub may have moved on meanwhile, further than it remembers: then read what was missed. */
  private CompletionStage<Beginning> join(LiveWatch live, Scope scope, Beginning beginning) {
    if (live.join(beginning.upTo())) return CompletableFuture.completedStage(beginning);
    ReadOptions fresh = new ReadOptions(Freshness.LOCAL, beginning.upTo(), false);
    return missed(scope, fresh, beginning).thenCompose(more -> join(live, scope, more));
  }

  private HttpResponse answer(
      Call call, EventPrinter printer, WatchOptions options, LiveWatch live, Beginning beginning) {
    List<Feed> first = new ArrayList<>();
    if (options.initialEvents()) first.add(new Feed.Begun(beginning.upTo()));
    beginning.missed().forEach(each -> first.add(new Feed.Changed(each)));
    // Lazily joined: the printer must see the news only after what came first.
    Source<Feed, NotUsed> news = Source.from(first).concatLazy(live.source(options));
    Source<Feed, NotUsed> all =
        beginning.present().map(found -> present(found).concatLazy(news)).orElse(news);
    HttpResponse answer = WatchAnswer.of(call.http(), all.mapConcat(each -> each.match(printer)));
    return Answer.warned(answer, beginning.warnings());
  }

  private static Source<Feed, NotUsed> present(FoundList found) {
    return found.lastDocuments().map(Feed.Present::new);
  }

  private HttpResponse expired(Call call, LiveWatch live, Throwable failure) {
    live.close();
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof StatusException refused && refused.status().code() == 410) {
      // Clients of watches expect the refusal as an event.
      return WatchAnswer.of(call.http(), Source.single(EventPrinter.error(refused.status())));
    }
    if (cause instanceof RuntimeException known) throw known;
    throw new IllegalStateException("the watch could not begin", cause);
  }
}
