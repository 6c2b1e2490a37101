package io.ordinal.controller.api.read;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.read.Listing.End;
import io.ordinal.controller.api.read.Listing.Most;
import io.ordinal.controller.api.read.Listing.Part;
import io.ordinal.controller.store.KeptView;
import io.ordinal.controller.store.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** A list that stays in the store: of its documents a piece at a time is held. */
final class KeptList extends FoundList {
  /**
   * Where the next piece begins.
   *
   * @param after the last object that was read; empty for the beginning of all pages
   * @param left objects that are wanted still; 0 for all, or when it is over
   * @param over whether there is no next piece
   */
  private record Place(Optional<ObjectKey> after, long left, boolean over) {
    Place behind(Part part) {
      boolean enough = left > 0 && part.count() >= left;
      boolean over = enough || part.end() != End.BYTES;
      return new Place(part.last().or(this::after), left - Math.min(left, part.count()), over);
    }
  }

  /** What is listed, where, in which pieces. */
  record Kept(KeptView view, Listing listing, long objects, long pieceBytes) {}

  private final Kept kept;

  /**
   * @param holding closes the view
   */
  KeptList(ListHead head, List<String> warnings, Kept kept, Holding holding) {
    super(head, warnings, holding);
    this.kept = kept;
  }

  @Override
  public Source<byte[], NotUsed> documents() {
    return pieces().mapConcat(piece -> piece);
  }

  @Override
  HttpResponse answer(ListForm form) {
    Source<ByteString, NotUsed> items =
        pieces()
            .map(form::items)
            .zipWithIndex()
            .map(piece -> Pieces.joined(piece.first(), piece.second() == 0))
            .filter(ByteString::nonEmpty);
    return Answer.whole(
        closing(
            Source.single(ByteString.fromArray(form.head(head())))
                .concat(items)
                .concat(Source.single(ByteString.fromArray(ListForm.TAIL)))));
  }

  /** Each is read when the one before was taken. All but the last have documents. */
  private Source<List<byte[]>, NotUsed> pieces() {
    Place beginning = new Place(kept.listing().start(), kept.objects(), false);
    return Source.unfoldAsync(beginning, this::next);
  }

  private CompletionStage<Optional<Pair<Place, List<byte[]>>>> next(Place place) {
    if (place.over()) return CompletableFuture.completedStage(Optional.empty());
    Most most = new Most(place.left(), kept.pieceBytes(), true);
    return kept.view()
        .read(view -> kept.listing().part(view, place.after(), most))
        .thenApply(part -> Optional.of(Pair.create(place.behind(part), part.documents())));
  }
}
