package io.ordinal.controller.api.read;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.read.Reads.Read;
import io.ordinal.controller.api.select.Selection;
import io.ordinal.controller.api.table.Form;
import io.ordinal.controller.api.table.Partial;
import io.ordinal.controller.api.table.Tables;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.StoredObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import tools.jackson.databind.node.ObjectNode;

/** Answers get and list. */
public final class ReadHandler {
  private final Reads reads;
  private final InstantSource clock;

  public ReadHandler(Reads reads, InstantSource clock) {
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
    call.form();
    Selection selection = Selection.parse(call.kind(), call.query());
    call.query().number("limit"); // All is served at once; a limit must only be well-formed.
    if (call.query().get("continue").isPresent()) {
      if (call.query().get("resourceVersion").filter(value -> !value.equals("0")).isPresent()) {
        throw Refusal.badRequest("specifying resource version is not allowed when using continue");
      }
      throw Refusal.badRequest("invalid continue token: this server gives out none");
    }
    ReadOptions options = ReadOptions.parse(call.query());
    return reads
        .read(options, view -> Scope.of(call.path(), selection).in(view))
        .thenApply(read -> print(call, selection, exact(options, read)));
  }

  private static <T> Read<T> exact(ReadOptions options, Read<T> read) {
    if (options.exactly() && read.revision().value() != options.atLeast()) {
      throw Refusal.expired("The resourceVersion for the provided list is too old.");
    }
    return read;
  }

  private HttpResponse print(Call call, Selection selection, Read<List<StoredObject>> read) {
    String revision = read.revision().toString();
    HttpResponse response =
        switch (call.form()) {
          case OBJECT -> whole(call.kind(), revision, selected(selection, read.value()));
          case PARTIAL -> partial(revision, selected(selection, read.value()));
          case TABLE -> table(call, revision, selected(selection, read.value()));
        };
    return Answer.warned(response, read.warnings());
  }

  private static HttpResponse whole(ResourceKind kind, String revision, List<StoredObject> found) {
    String head = head(kind.kind() + "List", kind.apiVersion(), revision);
    return streamed(new Pieces(head, found.stream().map(StoredObject::document).toList()));
  }

  private static HttpResponse partial(String revision, List<StoredObject> found) {
    List<byte[]> documents =
        found.stream().map(each -> Json.bytes(Partial.of(Peek.metadata(each.document())))).toList();
    String head = head("PartialObjectMetadataList", "meta.k8s.io/v1", revision);
    return streamed(new Pieces(head, documents));
  }

  private HttpResponse table(Call call, String revision, List<StoredObject> found) {
    Tables tables = new Tables(call.kind(), Tables.include(call.query()));
    List<ApiObject> objects = found.stream().map(ApiObject::of).toList();
    return Answer.json(200, tables.table(objects, revision, true, clock.instant()));
  }

  /** Decodes no more of each object than the selection needs. */
  static List<StoredObject> selected(Selection selection, List<StoredObject> all) {
    if (selection.isEverything()) return all;
    List<StoredObject> found = new ArrayList<>();
    for (StoredObject each : all) {
      if (matches(selection, each.document())) found.add(each);
    }
    return found;
  }

  /** Whether a stored document is selected. */
  public static boolean matches(Selection selection, byte[] document) {
    if (selection.isEverything()) return true;
    ObjectNode beginning = Peek.metadata(document);
    if (!selection.labels().matches(beginning.path("metadata"))) return false;
    return selection.fields().isEverything() || selection.fields().matches(Json.object(document));
  }

  private static HttpResponse streamed(Pieces pieces) {
    return Answer.sized(pieces.length(), pieces.source());
  }

  private static String head(String kind, String apiVersion, String revision) {
    return "{\"kind\":\""
        + kind
        + "\",\"apiVersion\":\""
        + apiVersion
        + "\",\"metadata\":{\"resourceVersion\":\""
        + revision
        + "\"},\"items\":[";
  }
}
