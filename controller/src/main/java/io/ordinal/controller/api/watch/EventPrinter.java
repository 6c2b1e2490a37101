package io.ordinal.controller.api.watch;

import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Accept;
import io.ordinal.controller.api.http.Status;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.select.Selection;
import io.ordinal.controller.api.table.Partial;
import io.ordinal.controller.api.table.Tables;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.apache.pekko.util.ByteStringBuilder;
import tools.jackson.databind.node.ObjectNode;

/** Prints the events of one watch, in order. Not thread safe: a Table's head is printed once. */
final class EventPrinter implements Feed.Cases<List<ByteString>> {
  private static final ByteString END = ByteString.fromString("}\n");

  private final Call call;
  private final Selection selection;
  private final InstantSource clock;
  private final Tables tables;
  private boolean headed;

  EventPrinter(Call call, Selection selection, InstantSource clock) {
    this.call = call;
    this.selection = selection;
    this.clock = clock;
    this.tables = new Tables(call.kind(), Tables.include(call.query()));
  }

  @Override
  public List<ByteString> present(Feed.Present present) {
    return List.of(print(WatchEvent.Type.ADDED.name(), present.document()));
  }

  @Override
  public List<ByteString> begun(Feed.Begun begun) {
    return List.of(bookmark(begun.revision(), true));
  }

  @Override
  public List<ByteString> changed(Feed.Changed changed) {
    return WatchEvent.of(changed.change(), selection)
        .map(event -> print(event, changed.change()))
        .stream()
        .toList();
  }

  @Override
  public List<ByteString> reached(Feed.Reached reached) {
    return List.of(bookmark(reached.revision(), false));
  }

  @Override
  public List<ByteString> broken(Feed.Broken broken) {
    return List.of(error(broken.status()));
  }

  static ByteString error(Status status) {
    return framed("ERROR", Json.bytes(status.tree()));
  }

  /** As it is stored an event is the same for all who watch: thousands send the same bytes. */
  private ByteString print(WatchEvent event, SharedChange shared) {
    String type = event.type().name();
    boolean asStored =
        call.form() == Accept.Form.OBJECT && event.document() == shared.change().document();
    if (!asStored) return print(type, event.document());
    return shared.printed(type, () -> framed(type, event.document()));
  }

  private ByteString print(String type, byte[] document) {
    return switch (call.form()) {
      case OBJECT -> framed(type, document);
      case PARTIAL -> framed(type, Json.bytes(Partial.of(Json.object(document))));
      case TABLE -> framed(type, table(document));
    };
  }

  /**
   * @param initialEnd whether it tells that all that was there has been shown
   */
  private ByteString bookmark(long revision, boolean initialEnd) {
    ResourceKind kind = call.kind();
    ObjectNode object = Json.object();
    object.put("kind", kind.kind());
    object.put("apiVersion", kind.apiVersion());
    ObjectNode metadata = object.putObject("metadata");
    metadata.put("resourceVersion", Long.toString(revision));
    metadata.putNull("creationTimestamp");
    if (initialEnd) metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    return switch (call.form()) {
      case OBJECT -> framed("BOOKMARK", Json.bytes(object));
      case PARTIAL -> framed("BOOKMARK", Json.bytes(Partial.of(object)));
      case TABLE -> framed("BOOKMARK", emptyTable(object, revision));
    };
  }

  private byte[] table(byte[] document) {
    ApiObject object = new ApiObject(Json.object(document));
    ObjectNode table =
        tables.table(List.of(object), object.resourceVersion(), !headed, clock.instant());
    headed = true;
    return Json.bytes(table);
  }

  private byte[] emptyTable(ObjectNode object, long revision) {
    ObjectNode table = tables.table(List.of(), Long.toString(revision), !headed, clock.instant());
    headed = true;
    table.withArray("/rows").addObject().set("object", Partial.of(object));
    return Json.bytes(table);
  }

  private static ByteString framed(String type, byte[] object) {
    byte[] head = ("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.UTF_8);
    ByteStringBuilder event = new ByteStringBuilder();
    event.sizeHint(head.length + object.length + END.size());
    return event.putBytes(head).putBytes(object).append(END).result();
  }
}
