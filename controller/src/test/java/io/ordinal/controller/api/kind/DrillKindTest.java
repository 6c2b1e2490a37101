package io.ordinal.controller.api.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillKindTest {
  private static final ResourceKind DRILLS = Objects.kind("drills");

  private static ApiObject drill(String spec) {
    return Objects.defaulted(
        DRILLS, Objects.json("{'metadata':{'name':'d'},'spec':{" + spec + "}}"));
  }

  private static List<String> faults(String spec) {
    return Objects.told(DRILLS.validateCreate(drill(spec)));
  }

  @Test
  void fills_in_what_is_left_out() {
    assertThat(drill("'target':{'node':'n1'}").spec())
        .isEqualTo(
            Objects.json(
                "{'target':{'node':'n1'},'way':'Kill','duration':'60s','timeout':'10m',"
                    + "'steadyState':{'readyFor':'5s'},'allowDegraded':false,"
                    + "'allowStranded':false,'dryRun':false}"));
  }

  @Test
  void a_schedule_has_limits_of_its_history() {
    assertThat(drill("'schedule':'0 3 * * *'").spec().path("failedDrillsHistoryLimit").asInt(0))
        .isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'target':{} | spec.target: Required value: exactly one of node, controller, replica and"
            + " rack",
        "'target':{'node':'a','controller':'b'} | spec.target: Required value: exactly one of"
            + " node, controller, replica and rack",
        "'target':{'replica':'x'} | spec.target.replica: Invalid value: \"x\": must be"
            + " namespace/name",
        "'target':{'rack':{'value':'a'}} | spec.target.rack.label: Required value",
        "'target':{'node':'a'},'way':'Burn' | spec.way: Unsupported value: \"Burn\": supported"
            + " values: \"Graceful\", \"Kill\", \"Freeze\", \"CutOff\"",
        "'target':{'replica':'a/b'},'way':'CutOff' | spec.way: Invalid value: \"CutOff\": a replica"
            + " cannot be cut off without its node",
        "'target':{'node':'a'},'duration':'long' | spec.duration: Invalid value: \"long\": expected"
            + " a duration such as 500ms, 30s or 1m30s, found 'long'",
        "'target':{'node':'a'},'timeout':'60s' | spec.timeout: Invalid value: \"60s\": must be"
            + " longer than spec.duration",
        "'target':{'node':'a'},'sets':['x'] | spec.sets[0]: Invalid value: \"x\": must be"
            + " namespace/name",
        "'target':{'node':'a'},'probe':{} | spec.probe: Required value: exactly one of tcp, http"
            + " and redis",
        "'target':{'node':'a'},'probe':{'tcp':{'port':0}} | spec.probe.tcp.port: Invalid value: 0:"
            + " must be between 1 and 65535, inclusive",
        "'target':{'node':'a'},'schedule':'every day' | spec.schedule: Invalid value: \"every"
            + " day\": a schedule has five fields (minute hour day month weekday), found 'every"
            + " day'",
        "'target':{'node':'a'},'suspend':true | spec.suspend: Invalid value: true: means nothing"
            + " without spec.schedule"
      })
  void says_what_is_wrong_and_where(String spec, String fault) {
    assertThat(faults(spec)).containsExactly(fault);
  }

  @Test
  void a_drill_is_not_changed_but_aborted() {
    ApiObject old = drill("'target':{'node':'a'}");
    assertThat(DRILLS.validateUpdate(drill("'target':{'node':'a'},'abort':true"), old)).isEmpty();
    assertThat(Objects.told(DRILLS.validateUpdate(drill("'target':{'node':'b'}"), old)))
        .containsExactly(
            "spec.target: Forbidden: of a drill without a schedule only 'abort' may be changed");
  }

  @Test
  void a_schedule_may_change_but_not_go() {
    ApiObject old = drill("'target':{'node':'a'},'schedule':'0 3 * * *'");
    String changed = "'target':{'node':'b'},'schedule':'0 4 * * *','suspend':true";
    assertThat(DRILLS.validateUpdate(drill(changed), old)).isEmpty();
    assertThat(Objects.told(DRILLS.validateUpdate(drill("'target':{'node':'a'}"), old)))
        .contains("spec.schedule: Forbidden: may be changed but not removed");
  }

  @Test
  void a_row_tells_target_verdict_and_time() {
    ApiObject drill =
        new ApiObject(
            Objects.json(
                "{'metadata':{'name':'d','creationTimestamp':'2026-01-01T00:00:00Z'},'spec':{"
                    + "'target':{'rack':{'label':'zone','value':'a'}},'way':'CutOff'},'status':{"
                    + "'phase':'Done','verdict':'Passed','times':{'readyMillis':4321},"
                    + "'message':'m'}}"));
    assertThat(DRILLS.cells(drill, Instant.parse("2026-01-01T00:01:00Z")))
        .containsExactly("d", "rack/zone=a", "CutOff", "Done", "Passed", "4.32s", "60s", "m");
  }
}
