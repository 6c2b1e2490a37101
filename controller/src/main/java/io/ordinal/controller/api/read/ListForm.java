package io.ordinal.controller.api.read;

import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Accept;
import io.ordinal.controller.api.table.Partial;
import io.ordinal.controller.api.table.Tables;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A list in the form that a client asked for: a head, items with commas between them, a tail. */
final class ListForm {
  static final byte[] TAIL = "]}\n".getBytes(StandardCharsets.UTF_8);

  private final Call call;
  private final Instant now;
  private final Tables tables;

  /**
   * @throws io.ordinal.controller.api.http.StatusException when there is no such form
   */
  ListForm(Call call, Instant now) {
    this.call = call;
    this.now = now;
    this.tables = new Tables(call.kind(), Tables.include(call.query()));
    call.form();
  }

  /** Everything up to the first item. */
  byte[] head(ListHead head) {
    ObjectNode whole =
        switch (call.form()) {
          case OBJECT -> list(call.kind().kind() + "List", call.kind().apiVersion(), head);
          case PARTIAL -> list("PartialObjectMetadataList", "meta.k8s.io/v1", head);
          case TABLE -> tables.table(List.of(), head.revision().toString(), true, now);
        };
    whole.set("metadata", head.metadata());
    String text = whole.toString(); // Ends with the empty list of its items.
    return text.substring(0, text.length() - "]}".length()).getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode list(String kind, String apiVersion, ListHead head) {
    ObjectNode list = Json.object();
    list.put("kind", kind);
    list.put("apiVersion", apiVersion);
    list.set("metadata", head.metadata());
    list.putArray("items");
    return list;
  }

  List<byte[]> items(List<byte[]> documents) {
    if (call.form() == Accept.Form.OBJECT) return documents;
    return documents.stream().map(this::item).toList();
  }

  private byte[] item(byte[] document) {
    if (call.form() == Accept.Form.PARTIAL) {
      return Json.bytes(Partial.of(Peek.metadata(document)));
    }
    return Json.bytes(tables.row(new ApiObject(Json.object(document)), now));
  }
}
