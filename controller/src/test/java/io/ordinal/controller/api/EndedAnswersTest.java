package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.call.HangUp;
import io.ordinal.controller.api.call.ResourcePath;
import io.ordinal.controller.api.http.Accept;
import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.log.LogHandler;
import io.ordinal.controller.api.log.LogSettings;
import io.ordinal.controller.api.read.ConfirmPatience;
import io.ordinal.controller.api.read.ConfirmedStore;
import io.ordinal.controller.api.read.ListSettings;
import io.ordinal.controller.api.read.Lists;
import io.ordinal.controller.api.read.PastSettings;
import io.ordinal.controller.api.read.Reads;
import io.ordinal.controller.api.watch.WatchHandler;
import io.ordinal.controller.api.watch.WatchHubs;
import io.ordinal.controller.api.watch.WatchSettings;
import io.ordinal.protocol.agent.LogChunk;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over one connection its client may ask for one answer after another, for ever. */
class EndedAnswersTest {
  private static final String POD =
      "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"p\",\"namespace\":\"default\"},"
          + "\"spec\":{\"nodeName\":\"n1\",\"containers\":[{\"name\":\"a\"}]},\"status\":"
          + "{\"containerStatuses\":[{\"name\":\"a\",\"state\":{\"running\":{}}}]}}";

  private final HangUp connection = new HangUp();
  private ServedApi api;
  private WatchHubs hubs;
  private WatchHandler watches;
  private LogHandler logs;

  @BeforeEach
  void serve() {
    api = new ServedApi();
    WatchSettings settings =
        WatchSettings.from(api.kit.system().settings().config().getConfig("ordinal.api.watch"));
    ConfirmPatience patience = new ConfirmPatience(Duration.ofSeconds(5), Duration.ofSeconds(1));
    Reads reads =
        new Reads(new ConfirmedStore(api.store, () -> Duration.ZERO, patience, System::nanoTime));
    InstantSource clock = InstantSource.system();
    hubs = new WatchHubs(api.store, settings, api.kit.system());
    watches =
        new WatchHandler(
            hubs,
            reads,
            lists(reads),
            settings,
            clock,
            RandomGenerator.getDefault(),
            api.kit.system());
    logs = new LogHandler(reads, api.agents, new LogSettings(1024, Duration.ofMinutes(1)), clock);
    api.replicas.store("default", "p", POD);
  }

  private Lists lists(Reads reads) {
    Config ours = api.kit.system().settings().config().getConfig("ordinal.api");
    return new Lists(
        reads,
        ListSettings.from(ours.getConfig("lists"), 1 << 30, 1 << 20),
        PastSettings.from(ours.getConfig("past")),
        api.kit.system());
  }

  @AfterEach
  void stop() {
    hubs.close();
    api.close();
  }

  @Test
  void watches_whose_time_is_over_leave_nothing_behind_at_their_connection() throws Exception {
    List<CompletionStage<Done>> read = new ArrayList<>();
    for (int i = 0; i < 12; i++) read.add(read(watch("timeoutSeconds=1")));
    assertThat(connection.wishes()).isEqualTo(12);
    for (CompletionStage<Done> each : read) end(each);
    await().untilAsserted(() -> assertThat(connection.wishes()).isZero());
    assertThat(hubs.open()).isZero();
  }

  @Test
  void nor_does_a_watch_that_its_client_has_left() {
    watch("").entity().getDataBytes().runWith(Sink.cancelled(), api.kit.system());
    await().untilAsserted(() -> assertThat(connection.wishes()).isZero());
  }

  @Test
  void nor_does_a_watch_that_could_not_begin() {
    CompletableFuture<HttpResponse> refused =
        watches.watch(call("pods", "watch=1&resourceVersion=1000000")).toCompletableFuture();
    await().until(refused::isDone);
    assertThat(refused).isCompletedExceptionally();
    assertThat(connection.wishes()).isZero();
  }

  @Test
  void a_watch_ends_with_its_connection() throws Exception {
    CompletionStage<Done> read = read(watch(""));
    connection.happen();
    end(read);
    await().until(() -> hubs.open() == 0);
  }

  @Test
  void nor_do_logs_that_were_read_to_their_end() throws Exception {
    for (int i = 0; i < 12; i++) {
      api.agents.willAnswer(new LogChunk(new byte[0], 0, true, Optional.empty()));
      end(read(log()));
    }
    await().untilAsserted(() -> assertThat(connection.wishes()).isZero());
  }

  @Test
  void a_silent_log_ends_with_its_connection() throws Exception {
    api.agents.willAnswer(new LogChunk(new byte[0], 0, false, Optional.empty()));
    CompletionStage<Done> read = read(log());
    await().until(() -> connection.wishes() == 1);
    connection.happen();
    end(read);
  }

  private HttpResponse watch(String query) {
    return watches.watch(call("pods", "watch=1&" + query)).toCompletableFuture().join();
  }

  private HttpResponse log() {
    return logs.log(call("pods/p/log", "follow=true")).toCompletableFuture().join();
  }

  private Call call(String path, String query) {
    List<String> segments = List.of(("api/v1/namespaces/default/" + path).split("/"));
    return new Call(
        HttpRequest.GET("/"),
        ResourcePath.parse(KindRegistry.standard(), segments).orElseThrow(),
        Query.parse(query),
        ServedApi.ADMIN,
        Accept.parse(""),
        connection);
  }

  private CompletionStage<Done> read(HttpResponse answer) {
    return answer.entity().getDataBytes().runWith(Sink.ignore(), api.kit.system());
  }

  private static void end(CompletionStage<Done> read) throws Exception {
    read.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
