package io.ordinal.controller.api.read;

import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.call.HangUp;
import io.ordinal.controller.api.call.Room;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.read.Listing.End;
import io.ordinal.controller.api.read.Listing.Most;
import io.ordinal.controller.api.read.Listing.Part;
import io.ordinal.controller.api.select.Selection;
import io.ordinal.controller.store.KeptView;
import io.ordinal.controller.store.View;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Finds what lists ask for. A small one is held while it is sent; of a large one the state is kept,
 * and it is read from there as it is sent. All together hold no more than there is room for, and
 * nothing of the store once the actor system has ended.
 */
public final class Lists implements AutoCloseable {
  /**
   * What is asked for.
   *
   * @param user whose share of the room it takes
   * @param gone tells when the client has hung up
   */
  public record Wanted(
      String user, HangUp gone, Scope scope, Selection selection, ListOptions options) {
    /**
     * What a call asks for.
     *
     * @param options that its query was read as
     * @throws io.ordinal.controller.api.http.StatusException 400 for a selector that is none
     */
    public static Wanted of(Call call, ListOptions options) {
      Selection selection = Selection.parse(call.kind(), call.query());
      Scope scope = Scope.of(call.path(), selection);
      return new Wanted(call.identity().user(), call.gone(), scope, selection, options);
    }
  }

  /**
   * @param head empty when it is too large, and nothing is held
   */
  private record Gathered(Optional<ListHead> head, List<byte[]> documents, long bytes) {}

  /** What the first look at what is kept tells. */
  private record Begun(ListHead head, Listing listing, long objects) {}

  private final Reads reads;
  private final ListSettings settings;
  private final PastSettings past;
  private final ActorSystem<?> system;
  private final Room room;
  private final Holdings kept = new Holdings();
  private final Duration soon;

  /**
   * @param reads what lists are read with
   * @param past what a list of former objects may hold of them
   * @param system whose scheduler ends what takes too long; when it ends, so does all that is kept
   */
  public Lists(Reads reads, ListSettings settings, PastSettings past, ActorSystem<?> system) {
    this.reads = reads;
    this.settings = settings;
    this.past = past;
    this.system = system;
    this.room = new Room(settings.roomBytes());
    this.soon =
        system
            .settings()
            .config()
            .getDuration("pekko.stream.materializer.subscription-timeout.timeout");
    // Its scheduler forgets what it was to do then, and the store goes on.
    system.getWhenTerminated().whenComplete((done, failure) -> kept.close());
  }

  /**
   * Fails with a StatusException: 410 when so old a list is not known any more, 429 when too many
   * large ones are being sent.
   */
  public CompletionStage<FoundList> find(Wanted wanted) {
    return reads
        .read(wanted.options().read(), view -> gathered(view, wanted))
        .thenCompose(
            read ->
                held(wanted, read.value(), read.warnings())
                    .map(CompletableFuture::completedStage)
                    .orElseGet(() -> kept(wanted, read.warnings())));
  }

  private Listing listing(View view, Wanted wanted) {
    return Listing.of(view, wanted.scope(), wanted.selection(), wanted.options(), past);
  }

  private Gathered gathered(View view, Wanted wanted) {
    Listing listing = listing(view, wanted);
    Most most = new Most(wanted.options().limit(), lookBytes(wanted.user()), true);
    Part part = listing.part(view, listing.start(), most);
    if (part.end() == End.BYTES) return new Gathered(Optional.empty(), List.of(), 0);
    return new Gathered(Optional.of(listing.head(view, part)), part.documents(), part.bytes());
  }

  /** Looks no further than there is room: who is refused then has cost little. */
  private long lookBytes(String user) {
    long most = Math.max(Room.SMALL, room.left(user, 0));
    return Math.min(settings.gatheredBytes(), most + 1); // As much as there is room for is held.
  }

  private Optional<FoundList> held(Wanted wanted, Gathered gathered, List<String> warnings) {
    if (gathered.head().isEmpty()) return Optional.empty();
    Holding holding = new Holding();
    long bytes = gathered.bytes();
    if (bytes > Room.SMALL && !takes(wanted, 0, bytes, holding)) return Optional.empty();
    ListHead head = gathered.head().get();
    FoundList list = new GatheredList(head, warnings, gathered.documents(), holding);
    if (bytes > Room.SMALL) closeWhenGone(list, wanted.gone());
    return Optional.of(list);
  }

  private CompletionStage<FoundList> kept(Wanted wanted, List<String> warnings) {
    Holding holding = kept.another();
    requireRoom(wanted, 0, settings.heldBytes(), holding);
    return reads
        .keep()
        .thenCompose(
            view -> {
              holding.until(view::close);
              holding.until(once(settings.longest(), holding::end));
              return view.read(now -> begun(now, wanted))
                  .thenApply(begun -> list(wanted, warnings, view, begun, holding));
            })
        .whenComplete(
            (list, failure) -> {
              if (failure != null) holding.end();
            });
  }

  /** How many objects a page has, and whether more follow, stands before the first of them. */
  private Begun begun(View view, Wanted wanted) {
    Listing listing = listing(view, wanted);
    long limit = wanted.options().limit();
    if (limit == 0) return new Begun(ListHead.whole(listing.revision()), listing, 0);
    Part page = listing.part(view, listing.start(), new Most(limit, Long.MAX_VALUE, false));
    return new Begun(listing.head(view, page), listing, page.count());
  }

  private FoundList list(
      Wanted wanted, List<String> warnings, KeptView view, Begun begun, Holding holding) {
    long ofPast = begun.listing().pastBytes();
    if (ofPast > 0) requireRoom(wanted, settings.heldBytes(), ofPast, holding);
    KeptList.Kept kept =
        new KeptList.Kept(view, begun.listing(), begun.objects(), settings.pieceBytes());
    FoundList list = new KeptList(begun.head(), warnings, kept, holding);
    closeWhenGone(list, wanted.gone());
    return list;
  }

  private void requireRoom(Wanted wanted, long before, long more, Holding holding) {
    if (takes(wanted, before, more, holding)) return;
    throw Refusal.tooMany("too many large lists are being sent, please try again later");
  }

  private boolean takes(Wanted wanted, long before, long more, Holding holding) {
    if (!room.take(wanted.user(), before, more)) return false;
    holding.until(() -> room.give(wanted.user(), more));
    return true;
  }

  /** Who has only said all that it has to say may still read, and soon does. */
  private void closeWhenGone(FoundList list, HangUp gone) {
    HangUp.Wish wish = gone.then(() -> once(soon, list::closeUnlessSending));
    list.holding().until(wish::close);
  }

  /**
   * Runs it later; at once, if the actor system is ending.
   *
   * @return takes it back
   */
  private Runnable once(Duration delay, Runnable what) {
    try {
      return system.scheduler().scheduleOnce(delay, what, system.executionContext())::cancel;
    } catch (IllegalStateException ending) {
      what.run();
      return () -> {};
    }
  }

  /** Cuts off all lists that are read from the store, and those that would be. */
  @Override
  public void close() {
    kept.close();
  }
}
