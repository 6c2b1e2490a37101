package io.ordinal.controller.api.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.table.Tables.Include;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class TablesTest {
  private static final ResourceKind MAPS =
      KindRegistry.standard().find("", "v1", "configmaps").orElseThrow();
  private WeakReference<ObjectNode> last = new WeakReference<>(null);

  /** The trees of a page of large objects would fill the heap. */
  @Test
  void of_each_object_no_more_is_held_than_its_row_has() {
    Iterable<ApiObject> objects = () -> IntStream.range(0, 4).mapToObj(this::next).iterator();
    ObjectNode table = new Tables(MAPS, Include.METADATA).table(objects, "1", true, Instant.EPOCH);
    assertThat(table.path("rows")).hasSize(4);
    assertThat(table.at("/rows/3/object/metadata/name").asString()).isEqualTo("m3");
  }

  private ApiObject next(int number) {
    await()
        .until(
            () -> {
              System.gc();
              return last.get() == null;
            });
    ObjectNode tree = Json.object();
    tree.putObject("metadata").put("name", "m" + number);
    ObjectNode data = tree.putObject("data").put("k", "v");
    last = new WeakReference<>(data);
    return new ApiObject(tree);
  }
}
