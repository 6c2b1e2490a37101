package io.ordinal.cli.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ServerTableTest {
  private static final String TABLE =
      """
      {"columnDefinitions": [{"name": "Name", "priority": 0}, {"name": "Ready", "priority": 0},
        {"name": "Node", "priority": 1}],
       "rows": [
        {"cells": ["web-0", "1/1", "n1"],
         "object": {"metadata": {"namespace": "shop", "labels": {"tier": "a", "app": "web"}}}},
        {"cells": ["web-10", null, null], "object": {"metadata": {"namespace": "shop"}}}]}
      """;

  @Test
  void shows_the_columns_of_the_first_priority() {
    assertThat(look(false, false, false, true, ""))
        .containsExactly("NAME     READY", "web-0    1/1", "web-10   <none>");
  }

  @Test
  void wide_shows_them_all_and_labels_are_sorted() {
    assertThat(look(true, true, true, true, "pod/"))
        .containsExactly(
            "NAMESPACE   NAME         READY    NODE     LABELS",
            "shop        pod/web-0    1/1      n1       app=web,tier=a",
            "shop        pod/web-10   <none>   <none>   <none>");
  }

  @Test
  void rows_that_come_later_align_and_have_no_header() {
    ServerTable table = new ServerTable(new ServerTable.Look(false, false, false, true, ""));
    table.lines(tree(TABLE));
    assertThat(table.lines(tree("{\"rows\": [{\"cells\": [\"web-1\", \"0/1\", \"n2\"]}]}")))
        .containsExactly("web-1    0/1");
  }

  private static java.util.List<String> look(
      boolean wide, boolean namespaces, boolean labels, boolean headers, String prefix) {
    return new ServerTable(new ServerTable.Look(wide, namespaces, labels, headers, prefix))
        .lines(tree(TABLE));
  }

  private static JsonNode tree(String text) {
    return Json.tree(text.getBytes(StandardCharsets.UTF_8));
  }
}
