package io.ordinal.controller.api.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class MetadataCostTest {
  private static final int MANY = 100_000;
  private static final long SECOND_NANOS = 1_000_000_000;

  /** To look through a list allocates nothing; each with each would take minutes. */
  @Test
  void finalizers_that_stay_are_found_without_comparing_each_with_each() {
    ApiObject old = going(0);
    ApiObject next = going(1);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    assertThat(MetadataFaults.ofChanged(next, old)).hasSize(1);
    assertThat(threads.getCurrentThreadCpuTime() - before).isLessThan(10 * SECOND_NANOS);
  }

  private static ApiObject going(int more) {
    ObjectNode object = Json.object();
    ObjectNode metadata = object.putObject("metadata");
    metadata.put("name", "a").put("deletionTimestamp", "2026-01-01T00:00:00Z");
    ArrayNode finalizers = metadata.putArray("finalizers");
    for (int i = MANY + more - 1; i >= 0; i--) finalizers.add("a.b/c" + i);
    return new ApiObject(object);
  }
}
