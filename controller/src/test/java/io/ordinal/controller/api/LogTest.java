package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LogChunk;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogTest {
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private ServedApi api;

  @BeforeEach
  void serve() {
    api = new ServedApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_log_is_read_piece_by_piece_without_its_times() {
    pod("p", "n1", "\"running\":{}", "a");
    answer("2026-01-01T00:00:00.1Z one\n2026-01-01T00:00:00.2Z two\n", 70, false);
    answer("2026-01-01T00:00:00.3Z three\n", 100, true);
    assertThat(ok(api.get(PODS + "/p/log")).body()).isEqualTo("one\ntwo\nthree\n");
    assertThat(api.agents.asked())
        .extracting(AgentCommand.ReadLog::cursor)
        .containsExactly(0L, 70L);
  }

  @Test
  void times_limits_and_beginnings_are_kept() {
    pod("p", "n1", "\"running\":{}", "a");
    String lines = "2026-01-01T00:00:00Z one\n2026-01-01T00:00:05Z two\n";
    answer(lines, 70, true);
    assertThat(ok(api.get(PODS + "/p/log?timestamps=true&tailLines=7")).body()).isEqualTo(lines);
    assertThat(api.agents.asked().getLast().tail()).isEqualTo(7);
    answer(lines, 70, true);
    assertThat(ok(api.get(PODS + "/p/log?sinceTime=2026-01-01T00:00:02Z")).body())
        .isEqualTo("two\n");
    answer(lines, 70, true);
    assertThat(ok(api.get(PODS + "/p/log?limitBytes=5")).body()).isEqualTo("one\nt");
  }

  /** It may grow faster than it is read: nobody would ever see the end. */
  @Test
  void a_log_that_is_not_followed_ends_where_it_ended_when_it_was_read() throws Exception {
    pod("p", "n1", "\"running\":{}", "a");
    byte[] line = "2026-01-01T00:00:00Z one\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    api.agents.willAnswer(new LogChunk(line, 25, false, java.util.Optional.empty(), true));
    assertThat(ok(api.get(PODS + "/p/log?tailLines=1")).body()).isEqualTo("one\n");
  }

  @Test
  void a_followed_log_goes_on_over_silence_until_it_ends() {
    pod("p", "n1", "\"running\":{}", "a");
    answer("2026-01-01T00:00:00Z one\n", 25, false);
    answer("", 25, false);
    answer("2026-01-01T00:00:05Z two\n", 50, true);
    assertThat(ok(api.get(PODS + "/p/log?follow=true")).body()).isEqualTo("one\ntwo\n");
  }

  @Test
  void what_has_no_log_is_refused_in_the_words_of_kubernetes() {
    pod("two", "n1", "\"waiting\":{\"reason\":\"ErrImagePull\"}", "a", "b");
    refused("/two/log", "a container name must be specified for pod two, choose one of: [a b]");
    refused("/two/log?container=zz", "container zz is not valid for pod two");
    refused(
        "/two/log?container=a", "container \"a\" in pod \"two\" is waiting to start: ErrImagePull");
    refused(
        "/two/log?container=a&previous=true",
        "previous terminated container \"a\" in pod \"two\" not found");
    assertThat(api.get(PODS + "/two/log?tailLines=-1").code()).isEqualTo(422);
    assertThat(api.get(PODS + "/none/log").code()).isEqualTo(404);
  }

  @Test
  void a_pod_without_a_node_has_nothing_to_say() {
    pod("early", "", "\"waiting\":{}", "a");
    Reply reply = api.get(PODS + "/early/log");
    assertThat(reply.code()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void an_agent_may_refuse() {
    pod("p", "n1", "\"running\":{}", "a");
    api.agents.willAnswer(new LogChunk(new byte[0], 0, true, Optional.of("no such log")));
    refused("/p/log", "no such log");
  }

  private void refused(String path, String why) {
    Reply reply = api.get(PODS + path);
    assertThat(reply.message()).isEqualTo(why);
    assertThat(reply.code()).isEqualTo(400);
  }

  private void answer(String lines, long next, boolean ended) {
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    api.agents.willAnswer(new LogChunk(bytes, next, ended, Optional.empty()));
  }

  /** Stored directly: a client cannot say where a pod runs. */
  private void pod(String name, String node, String state, String... containers) {
    StringBuilder specs = new StringBuilder();
    StringBuilder statuses = new StringBuilder();
    for (String each : containers) {
      String comma = specs.length() == 0 ? "" : ",";
      specs.append(comma).append("{\"name\":\"").append(each).append("\"}");
      statuses.append(comma).append("{\"name\":\"" + each + "\",\"state\":{" + state + "}}");
    }
    String spec = node.isEmpty() ? "" : "\"nodeName\":\"" + node + "\",";
    api.replicas.store(
        "default",
        name,
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\""
            + name
            + "\",\"namespace\":\"default\"},\"spec\":{"
            + spec
            + "\"containers\":["
            + specs
            + "]},\"status\":{\"containerStatuses\":["
            + statuses
            + "]}}");
  }
}
