package io.ordinal.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.EndpointGroup;
import io.ordinal.controller.model.EndpointSlicePlan;
import io.ordinal.controller.model.ServedPod;
import io.ordinal.controller.model.ServedPod.NamedPort;
import io.ordinal.controller.model.ServedService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointsPropertyTest {
  private static final int MOST = 4;
  private static final ServedService WEB =
      new ServedService(
          "web", "u", true, false, List.of(new ServedService.Port("http", "TCP", "http", "")));

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @Test
  void a_pod_is_ready_for_work_while_it_is_ready_and_stays() {
    assertThat(ready(WEB, pod(1, true, false, 80))).isTrue();
    assertThat(ready(WEB, pod(1, true, true, 80))).isFalse();
    assertThat(ready(WEB, pod(1, false, false, 80))).isFalse();
    ServedService all = new ServedService("web", "u", true, true, WEB.ports());
    assertThat(ready(all, pod(1, false, true, 80))).isTrue();
  }

  @Test
  void a_named_port_is_found_on_every_pod_and_a_pod_without_it_is_left_out() {
    ServedPod none = new ServedPod("n", "n", "", "", "10.0.0.9", true, false, List.of());
    List<EndpointGroup> groups =
        Endpoints.groups(WEB, List.of(pod(1, true, false, 80), pod(2, true, false, 81), none));
    assertThat(groups).hasSize(2);
    assertThat(groups).extracting(each -> each.ports().get(0).number()).containsExactly(80, 81);
  }

  @Test
  void a_service_without_pods_has_one_empty_slice() {
    assertThat(Endpoints.slices(WEB, List.of(), Map.of(), MOST))
        .singleElement()
        .satisfies(each -> assertThat(each.members()).isEmpty())
        .satisfies(each -> assertThat(each.name()).matches("web-[a-z0-9]{5}"));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_pod_is_in_one_slice_and_stays_there(long seed) {
    Random random = new Random(seed);
    List<ServedPod> pods = new ArrayList<>();
    Map<String, String> homes = new HashMap<>();
    int uid = 0;
    for (int step = 0; step < 12; step++) {
      for (int i = random.nextInt(6); i > 0; i--) {
        pods.add(pod(++uid, random.nextBoolean(), false, 80 + random.nextInt(2)));
      }
      for (int i = random.nextInt(4); i > 0 && !pods.isEmpty(); i--) {
        pods.remove(random.nextInt(pods.size()));
      }
      List<EndpointSlicePlan> slices =
          Endpoints.slices(WEB, Endpoints.groups(WEB, pods), homes, MOST);
      Map<String, String> next = new HashMap<>();
      for (EndpointSlicePlan slice : slices) {
        assertThat(slice.members()).as("seed %d", seed).hasSizeLessThanOrEqualTo(MOST);
        slice
            .members()
            .forEach(each -> assertThat(next.put(each.pod().uid(), slice.name())).isNull());
      }
      assertThat(next.keySet())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(pods.stream().map(ServedPod::uid).toList());
      assertThat(slices).extracting(EndpointSlicePlan::name).doesNotHaveDuplicates();
      homes.keySet().retainAll(next.keySet());
      homes.forEach((pod, home) -> assertThat(next).as("seed %d", seed).containsEntry(pod, home));
      homes = next;
    }
  }

  private static boolean ready(ServedService service, ServedPod pod) {
    return Endpoints.groups(service, List.of(pod)).get(0).members().get(0).ready();
  }

  private static ServedPod pod(int number, boolean ready, boolean ending, int port) {
    return new ServedPod(
        "web-" + number,
        "uid-" + number,
        "n",
        "",
        "10.0." + number / 256 + "." + number % 256,
        ready,
        ending,
        List.of(new NamedPort("http", "TCP", port)));
  }
}
