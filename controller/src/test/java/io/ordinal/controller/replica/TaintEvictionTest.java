package io.ordinal.controller.replica;

import static io.ordinal.controller.replica.ReplicaWorld.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.plan.Placement.Taint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaintEvictionTest {
  private static final Instant SINCE = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void only_no_execute_drives_pods_away_and_the_operators_word_on_the_machine_does_not() {
    var node =
        object(
            "{'spec':{'taints':[{'key':'a','effect':'NoSchedule'},{'key':'b','effect':'NoExecute'},"
                + "{'key':'node.kubernetes.io/out-of-service','effect':'NoExecute'}]}}");
    assertThat(TaintEviction.expelling(node)).containsExactly(new Taint("b", "", "NoExecute"));
  }

  @Test
  void a_pod_leaves_at_once_or_after_the_seconds_that_it_tolerates_or_never() {
    assertThat(due("")).contains(SINCE);
    assertThat(due("{'key':'b','operator':'Exists'}")).isEmpty();
    assertThat(due("{'key':'b','operator':'Exists','tolerationSeconds':90}"))
        .contains(SINCE.plusSeconds(90));
    assertThat(
            due(
                "{'operator':'Exists'},{'key':'b','operator':'Exists','effect':'NoExecute',"
                    + "'tolerationSeconds':5}"))
        .contains(SINCE.plusSeconds(5));
    assertThat(due("{'key':'b','value':'other'}")).contains(SINCE);
    assertThat(due("{'key':'b','operator':'Exists','tolerationSeconds':-3}")).contains(SINCE);
  }

  private static Optional<Instant> due(String tolerations) {
    return TaintEviction.due(
        object("{'spec':{'tolerations':[%s]}}", tolerations),
        List.of(new Taint("b", "", "NoExecute")),
        SINCE);
  }
}
