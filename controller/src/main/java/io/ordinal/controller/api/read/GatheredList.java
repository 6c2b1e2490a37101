package io.ordinal.controller.api.read;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.store.StoreUnavailable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;

/** A list that is held whole. */
final class GatheredList extends FoundList {
  private volatile Optional<List<byte[]>> documents;

  GatheredList(ListHead head, List<String> warnings, List<byte[]> documents, Holding holding) {
    super(head, warnings, holding);
    this.documents = Optional.of(documents);
    holding.until(() -> this.documents = Optional.empty());
  }

  @Override
  public Source<byte[], NotUsed> documents() {
    return Source.fromIterator(Walk::new);
  }

  @Override
  HttpResponse answer(ListForm form) {
    Pieces pieces = new Pieces(form.head(head()), form.items(open()));
    return Answer.sized(pieces.length(), closing(pieces.source()));
  }

  private List<byte[]> open() {
    return documents.orElseThrow(() -> new StoreUnavailable("the list was let go", null));
  }

  /** Leaves nothing of a closed list with the watch that began with it and goes on. */
  private final class Walk implements Iterator<byte[]> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < open().size();
    }

    @Override
    public byte[] next() {
      if (!hasNext()) throw new NoSuchElementException("the list is over");
      return open().get(next++);
    }
  }
}
