package io.ordinal.controller.api.stream;

import io.ordinal.protocol.agent.StreamMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.japi.function.Procedure;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import scala.runtime.BoxedUnit;

/**
 * Runs a conversation on a connection. What is to be sent and was not taken yet is kept: it is
 * bounded by what conversations let nodes send, and by not listening to a client that takes no
 * replies.
 */
final class ConversationStage extends GraphStage<FlowShape<ByteString, ByteString>> {
  private static final String BEAT = "beat";

  private final Inlet<ByteString> in = Inlet.create("client.in");
  private final Outlet<ByteString> out = Outlet.create("client.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
  private final Conversation conversation;
  private final StreamSettings settings;
  private final AtomicInteger open;

  /**
   * @param conversation used once
   * @param open counts what stands
   */
  ConversationStage(Conversation conversation, StreamSettings settings, AtomicInteger open) {
    this.conversation = conversation;
    this.settings = settings;
    this.open = open;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private record Waiting(ByteString bytes, Runnable taken) {}

  private final class Logic extends TimerGraphStageLogic implements Line {
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<Object, Runnable> later = new HashMap<>();
    private ActorRef<StreamMessage> self;
    private AsyncCallback<Runnable> here;
    private boolean finishing;
    private int unheard; // Bytes of replies that wait.

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              conversation.received(grab(in));
              drink();
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              pour();
              drink();
            }
          });
    }

    @Override
    public void preStart() {
      open.incrementAndGet();
      Procedure<Runnable> run = Runnable::run;
      here = createAsyncCallback(run);
      self =
          Adapter.toTyped(
              getStageActor(
                      heard -> {
                        if (heard._2() instanceof StreamMessage message) hear(message);
                        return BoxedUnit.UNIT;
                      })
                  .ref());
      scheduleWithFixedDelay(BEAT, settings.terms().beat(), settings.terms().beat());
      conversation.begin(this);
      drink();
    }

    private void hear(StreamMessage message) {
      conversation.told(message);
      drink();
    }

    @Override
    public void postStop() {
      open.decrementAndGet();
      conversation.over();
    }

    @Override
    public void onTimer(Object key) {
      Runnable what = later.remove(key);
      if (what != null) what.run();
      else conversation.beat();
      drink();
    }

    private void drink() {
      if (unheard >= settings.window() || !conversation.thirsty()) return;
      if (!hasBeenPulled(in) && !isClosed(in)) pull(in);
    }

    private void pour() {
      if (waiting.isEmpty()) {
        if (finishing) completeStage();
        return;
      }
      if (!isAvailable(out)) return;
      Waiting next = waiting.poll();
      push(out, next.bytes());
      next.taken().run();
      if (finishing && waiting.isEmpty()) completeStage();
    }

    @Override
    public void send(ByteString bytes, Runnable taken) {
      waiting.add(new Waiting(bytes, taken));
      if (isAvailable(out)) pour();
    }

    @Override
    public void reply(ByteString bytes) {
      unheard += bytes.size();
      send(bytes, () -> unheard -= bytes.size());
    }

    @Override
    public void finish() {
      finishing = true;
      if (waiting.isEmpty()) completeStage();
    }

    @Override
    public ActorRef<StreamMessage> self() {
      return self;
    }

    @Override
    public <T> void await(CompletionStage<T> stage, BiConsumer<T, Throwable> then) {
      stage.whenComplete(
          (value, failure) ->
              here.invoke(
                  () -> {
                    then.accept(value, failure);
                    drink();
                  }));
    }

    @Override
    public void after(Duration delay, Runnable what) {
      Object key = new Object();
      later.put(key, what);
      scheduleOnce(key, delay);
    }
  }
}
