package io.ordinal.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A replica that changes its mind and a node that obeys, with messages that are lost, repeated and
 * come late: what counts as fenced is fenced on the node.
 */
class FenceTest {
  private record Word(boolean wish, long basis) {}

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_counts_as_fenced_is_fenced_on_the_node(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    boolean begun = random.nextBoolean();
    Fence fence = Fence.begun(begun);
    Word node = new Word(begun, 0);
    long number = 1;
    List<Word> orders = new ArrayList<>();
    List<Word> reports = new ArrayList<>();
    for (int step = 0; step < 200; step++) {
      switch (random.nextInt(5)) {
        case 0 -> fence = fence.wished(random.nextBoolean(), ++number);
        case 1 -> {
          if (!fence.settled()) orders.add(new Word(fence.wish(), fence.basis()));
        }
        case 2 -> {
          if (!orders.isEmpty()) node = obeyed(node, orders.get(random.nextInt(orders.size())));
        }
        case 3 -> reports.add(node);
        default -> {
          if (!reports.isEmpty()) {
            Word report = reports.get(random.nextInt(reports.size()));
            Fence next = fence.acknowledged(report.wish(), report.basis());
            if (!next.equals(fence)) number++;
            fence = next;
          }
        }
      }
      if (fence.fenced()) {
        assertThat(node.wish()).as("seed %d step %d: %s, %s", seed, step, fence, node).isTrue();
      }
    }
    node = obeyed(node, new Word(fence.wish(), fence.basis()));
    fence = fence.acknowledged(node.wish(), node.basis());
    assertThat(fence.settled()).as("seed %d", seed).isTrue();
    assertThat(fence.fenced()).as("seed %d", seed).isEqualTo(fence.wish());
  }

  /** As the agent does: what was decided on an older record is passed over. */
  private static Word obeyed(Word node, Word order) {
    boolean later = order.basis() > node.basis();
    boolean stricter = order.basis() == node.basis() && order.wish() && !node.wish();
    return later || stricter ? order : node;
  }
}
