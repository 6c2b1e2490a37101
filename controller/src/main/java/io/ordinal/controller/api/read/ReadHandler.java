package io.ordinal.controller.api.read;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.select.Selection;
import io.ordinal.controller.api.table.Form;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.StoredObject;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import tools.jackson.databind.node.ObjectNode;

/** Answers get and list. */
public final class ReadHandler {
  private final Reads reads;
  private final InstantSource clock;
  private final Lists lists;

  public ReadHandler(Reads reads, Lists lists, InstantSource clock) {
    this.lists = lists;
    this.reads = reads;
    this.clock = clock;
  }

  public CompletionStage<HttpResponse> get(Call call) {
    call.form(); // Refused before anything is read.
    return reads
        .read(ReadOptions.parse(call.query()), view -> view.get(call.path().key()))
        .thenApply(
            read -> {
              StoredObject found =
                  read.value().orElseThrow(() -> Refusal.notFound(call.kind(), call.path().name()));
              byte[] body = Form.print(call, found.document(), clock.instant());
              return Answer.warned(Answer.json(200, body), read.warnings());
            });
  }

  public CompletionStage<HttpResponse> list(Call call) {
    ListForm form = form(call); // Refused before anything is read.
    return lists
        .find(Lists.Wanted.of(call, ListOptions.parse(call.query())))
        .thenApply(found -> answer(form, found));
  }

  /**
   * A list that was found, in the form that the client asked for. Closed if it cannot be printed.
   */
  public HttpResponse answer(Call call, FoundList found) {
    return answer(form(call), found);
  }

  private static HttpResponse answer(ListForm form, FoundList found) {
    try {
      return Answer.warned(found.answer(form), found.warnings());
    } catch (RuntimeException | Error failed) {
      found.close(); // Nobody else will.
      throw failed;
    }
  }

  /** A list of these documents, in the form that the client asked for. */
  public HttpResponse print(Call call, ListHead head, List<byte[]> documents) {
    return new GatheredList(head, List.of(), documents, new Holding()).answer(form(call));
  }

  private ListForm form(Call call) {
    return new ListForm(call, clock.instant());
  }

  /** Whether a stored document is selected. */
  public static boolean matches(Selection selection, byte[] document) {
    if (selection.isEverything()) return true;
    ObjectNode beginning = Peek.metadata(document);
    if (!selection.labels().matches(beginning.path("metadata"))) return false;
    return selection.fields().isEverything() || selection.fields().matches(Json.object(document));
  }
}
