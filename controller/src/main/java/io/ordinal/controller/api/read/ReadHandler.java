package io.ordinal.controller.api.read;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.read.Listing.Page;
import io.ordinal.controller.api.read.Reads.Read;
import io.ordinal.controller.api.select.Selection;
import io.ordinal.controller.api.table.Form;
import io.ordinal.controller.api.table.Partial;
import io.ordinal.controller.api.table.Tables;
import io.ordinal.controller.document.ApiObject;
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
  private final PastSettings past;

  public ReadHandler(Reads reads, InstantSource clock, PastSettings past) {
    this.past = past;
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
    return page(call, ListOptions.parse(call.query()))
        .thenApply(read -> Answer.warned(print(call, read.value()), read.warnings()));
  }

  /** What a list is asked for. */
  public CompletionStage<Read<Page>> page(Call call, ListOptions options) {
    call.form();
    Selection selection = Selection.parse(call.kind(), call.query());
    return reads.read(
        options.read(),
        view -> Listing.of(view, Scope.of(call.path(), selection), selection, options, past));
  }

  /** A list in the form that the client asked for. */
  public HttpResponse print(Call call, Page page) {
    ResourceKind kind = call.kind();
    return switch (call.form()) {
      case OBJECT -> streamed(kind.kind() + "List", kind.apiVersion(), page, page.documents());
      case PARTIAL ->
          streamed(
              "PartialObjectMetadataList",
              "meta.k8s.io/v1",
              page,
              page.documents().stream()
                  .map(each -> Json.bytes(Partial.of(Peek.metadata(each))))
                  .toList());
      case TABLE -> table(call, page);
    };
  }

  private HttpResponse table(Call call, Page page) {
    Tables tables = new Tables(call.kind(), Tables.include(call.query()));
    Iterable<ApiObject> objects =
        () -> page.documents().stream().map(each -> new ApiObject(Json.object(each))).iterator();
    String revision = page.revision().toString();
    ObjectNode table = tables.table(objects, revision, true, clock.instant());
    table.set("metadata", metadata(page));
    return Answer.json(200, table);
  }

  /** Whether a stored document is selected. */
  public static boolean matches(Selection selection, byte[] document) {
    if (selection.isEverything()) return true;
    ObjectNode beginning = Peek.metadata(document);
    if (!selection.labels().matches(beginning.path("metadata"))) return false;
    return selection.fields().isEverything() || selection.fields().matches(Json.object(document));
  }

  private static HttpResponse streamed(
      String kind, String apiVersion, Page page, List<byte[]> documents) {
    ObjectNode head = Json.object();
    head.put("kind", kind);
    head.put("apiVersion", apiVersion);
    head.set("metadata", metadata(page));
    String text = head.toString();
    Pieces pieces = new Pieces(text.substring(0, text.length() - 1) + ",\"items\":[", documents);
    return Answer.sized(pieces.length(), pieces.source());
  }

  private static ObjectNode metadata(Page page) {
    ObjectNode metadata = Json.object();
    metadata.put("resourceVersion", page.revision().toString());
    page.next().ifPresent(token -> metadata.put("continue", token));
    page.remaining().ifPresent(count -> metadata.put("remainingItemCount", count));
    return metadata;
  }
}
