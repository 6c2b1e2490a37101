package io.ordinal.agent.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.protocol.agent.StreamAnswer;
import io.ordinal.protocol.agent.StreamMessage;
import io.ordinal.protocol.agent.StreamTerms;
import io.ordinal.protocol.agent.StreamWord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamWorkerTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();
  private static final StreamSettings SETTINGS =
      new StreamSettings(
          1,
          new StreamTerms(64, 16, Duration.ofMillis(100), Duration.ofSeconds(1)),
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          Duration.ofMillis(20));
  private static final StreamTarget TARGET = new StreamTarget.Port("127.0.0.1", 1);

  private final FakeEndpoint endpoint = new FakeEndpoint();
  private CompletionStage<Endpoint> opening = CompletableFuture.completedStage(endpoint);
  private final TestProbe<StreamMessage> controller = KIT.createTestProbe();
  private final TestProbe<StreamAnswer> asker = KIT.createTestProbe();
  private final AtomicLong nanos = new AtomicLong();
  private ActorRef<StreamRoom.Command> room;
  private ActorRef<StreamMessage> worker;

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
    THREADS.shutdownNow();
  }

  @BeforeEach
  void open() {
    room =
        KIT.spawn(
            StreamRoom.create(
                new StreamParts(
                    (target, columns, rows) -> opening, SETTINGS, THREADS, nanos::get)));
    room.tell(new StreamRoom.Open(TARGET, asker.ref()));
    worker = ((StreamAnswer.Opened) asker.receiveMessage()).peer();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void say(StreamWord word) {
    worker.tell(new StreamMessage(5, word));
  }

  private void begin() {
    say(new StreamWord.Begin(controller.ref()));
    assertThat(heard()).isEqualTo(new StreamWord.Credit(StreamWord.INPUT, 64));
  }

  private StreamWord heard() {
    while (true) {
      StreamMessage message = controller.receiveMessage();
      assertThat(message.stream()).isEqualTo(5);
      if (!(message.word() instanceof StreamWord.Alive)) return message.word();
    }
  }

  private static ByteString bytes(String text) {
    return ByteString.fromString(text);
  }

  @Test
  void no_more_is_sent_than_there_is_credit_for_and_the_code_comes_last() throws IOException {
    say(new StreamWord.Begin(controller.ref()));
    say(new StreamWord.Credit(StreamWord.OUTPUT, 5)); // Before anything is open.
    assertThat(heard()).isEqualTo(new StreamWord.Credit(StreamWord.INPUT, 64));
    endpoint.writes.write("hello world".getBytes());
    endpoint.writes.close();
    endpoint.over.complete(3);
    assertThat(heard()).isEqualTo(new StreamWord.Data(StreamWord.OUTPUT, 0, bytes("hello")));
    controller.expectNoMessage(Duration.ofMillis(50));
    say(new StreamWord.Credit(StreamWord.OUTPUT, 100));
    assertThat(heard()).isEqualTo(new StreamWord.Data(StreamWord.OUTPUT, 5, bytes(" world")));
    assertThat(heard()).isEqualTo(new StreamWord.End(StreamWord.OUTPUT, 11));
    assertThat(heard()).isEqualTo(new StreamWord.Exited(3));
    assertThat(endpoint.abandoned).isNotDone();
  }

  @Test
  void input_is_written_in_order_and_closed_at_its_end() {
    begin();
    say(new StreamWord.Data(StreamWord.INPUT, 0, bytes("ab")));
    assertThat(heard()).isEqualTo(new StreamWord.Credit(StreamWord.INPUT, 66));
    say(new StreamWord.Data(StreamWord.INPUT, 2, bytes("c")));
    say(new StreamWord.End(StreamWord.INPUT, 3));
    await().until(endpoint.input.closed::isDone);
    assertThat(endpoint.input).hasToString("abc");
  }

  @Test
  void a_gap_in_the_input_ends_everything() {
    begin();
    say(new StreamWord.Data(StreamWord.INPUT, 7, bytes("ab")));
    assertThat(heard()).isInstanceOf(StreamWord.Failed.class);
    await().until(endpoint.abandoned::isDone);
  }

  @Test
  void what_somebody_left_behind_with_the_output_open_is_not_waited_for() {
    begin();
    say(new StreamWord.Credit(StreamWord.OUTPUT, 100));
    endpoint.over.complete(0); // And its output stays open.
    StreamWord said;
    do {
      pass(SETTINGS.drain().plusNanos(1));
      say(new StreamWord.Alive());
      said = controller.receiveMessage().word();
    } while (said instanceof StreamWord.Alive);
    assertThat(said).isEqualTo(new StreamWord.Exited(0));
    await().until(endpoint.letGo::isDone); // Or a thread would read for as long as that lasts.
    assertThat(endpoint.abandoned).isNotDone();
  }

  @Test
  void what_is_said_last_is_sent_however_long_nothing_was_said_before() throws IOException {
    begin();
    say(new StreamWord.Credit(StreamWord.OUTPUT, 100));
    pass(SETTINGS.drain().multipliedBy(2));
    endpoint.over.complete(5);
    say(new StreamWord.Data(StreamWord.INPUT, 0, bytes("x"))); // It has heard of the end by then.
    assertThat(heard()).isEqualTo(new StreamWord.Credit(StreamWord.INPUT, 65));
    endpoint.writes.write("said".getBytes());
    endpoint.writes.close();
    assertThat(heard()).isEqualTo(new StreamWord.Data(StreamWord.OUTPUT, 0, bytes("said")));
    assertThat(heard()).isEqualTo(new StreamWord.End(StreamWord.OUTPUT, 4));
    assertThat(heard()).isEqualTo(new StreamWord.Exited(5));
  }

  @Test
  void a_controller_that_is_not_heard_of_leaves_nothing_running() {
    begin();
    pass(SETTINGS.terms().silence());
    controller.receiveMessage(); // A beat: that it was not heard of for so long is borne.
    controller.receiveMessage();
    assertThat(endpoint.abandoned).isNotDone();
    pass(Duration.ofNanos(1));
    await().until(endpoint.abandoned::isDone);
  }

  @Test
  void a_controller_that_is_heard_of_keeps_it() {
    begin();
    for (int beats = 0; beats < 5; beats++) {
      pass(SETTINGS.terms().silence());
      assertThat(controller.receiveMessage().word()).isInstanceOf(StreamWord.Alive.class);
      say(new StreamWord.Alive());
    }
    assertThat(endpoint.abandoned).isNotDone();
    say(new StreamWord.Failed("the client is gone"));
    await().until(endpoint.abandoned::isDone);
  }

  @Test
  void what_is_opened_for_a_client_that_is_gone_by_then_is_ended() {
    CompletableFuture<Endpoint> slow = new CompletableFuture<>();
    opening = slow;
    say(new StreamWord.Begin(controller.ref()));
    say(new StreamWord.Failed("the client is gone"));
    controller.expectTerminated(worker);
    slow.complete(endpoint);
    await().until(endpoint.abandoned::isDone);
  }

  @Test
  void of_many_sizes_one_is_given_at_a_time_and_the_latest_in_the_end() {
    begin();
    for (int columns = 1; columns <= 50; columns++) say(new StreamWord.Resize(columns, 24));
    say(new StreamWord.Data(StreamWord.INPUT, 0, bytes("x"))); // All sizes were heard before it.
    assertThat(heard()).isEqualTo(new StreamWord.Credit(StreamWord.INPUT, 65));
    endpoint.mayResize.countDown();
    await().until(() -> endpoint.sizes.contains(50));
    assertThat(endpoint.sizes).containsExactly(1, 50);
  }

  @Test
  void a_size_that_comes_while_it_is_opened_is_given_once_it_stands() {
    CompletableFuture<Endpoint> slow = new CompletableFuture<>();
    opening = slow;
    say(new StreamWord.Begin(controller.ref()));
    say(new StreamWord.Resize(80, 24));
    endpoint.mayResize.countDown();
    controller.receiveMessage(); // A beat: the size was heard before.
    slow.complete(endpoint);
    await().until(() -> endpoint.sizes.contains(80));
  }

  @Test
  void there_is_room_again_when_a_stream_was_never_begun() {
    room.tell(new StreamRoom.Open(TARGET, asker.ref()));
    assertThat(asker.receiveMessage()).isInstanceOf(StreamAnswer.Refused.class);
    await()
        .until(
            () -> {
              room.tell(new StreamRoom.Open(TARGET, asker.ref()));
              return asker.receiveMessage() instanceof StreamAnswer.Opened;
            });
  }

  @Test
  void every_message_has_a_handler() {
    Set<String> names = new HashSet<>();
    for (var method : StreamWorker.class.getDeclaredMethods()) names.add(method.getName());
    for (Class<?> command : StreamWorker.Command.class.getPermittedSubclasses()) {
      assertThat(names).contains("on" + command.getSimpleName());
    }
  }

  /** An end that a test writes to and reads from. */
  private static final class FakeEndpoint implements Endpoint {
    private final PipedOutputStream writes = new PipedOutputStream();
    private final PipedInputStream reads;
    private final Kept input = new Kept();
    private final CompletableFuture<Integer> over = new CompletableFuture<>();
    private final CompletableFuture<Void> abandoned = new CompletableFuture<>();
    private final CompletableFuture<Void> letGo = new CompletableFuture<>();
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final CountDownLatch mayResize = new CountDownLatch(1);

    FakeEndpoint() {
      try {
        reads =
            new PipedInputStream(writes) {
              @Override
              public void close() throws IOException {
                super.close();
                letGo.complete(null);
              }
            };
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public OutputStream input() {
      return input;
    }

    @Override
    public Map<Integer, InputStream> outputs() {
      return Map.of(StreamWord.OUTPUT, reads);
    }

    @Override
    public CompletionStage<Integer> over() {
      return over;
    }

    @Override
    public void drained() {
      // Only a test ends it.
    }

    @Override
    public void resize(int columns, int rows) {
      sizes.add(columns);
      try {
        mayResize.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void abandon() {
      abandoned.complete(null);
    }
  }

  private static final class Kept extends ByteArrayOutputStream {
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    @Override
    public void close() {
      closed.complete(null);
    }
  }
}
