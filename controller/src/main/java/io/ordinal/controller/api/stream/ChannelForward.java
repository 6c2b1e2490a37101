package io.ordinal.controller.api.stream;

import io.ordinal.protocol.agent.StreamMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/**
 * One connection to each of the ports that the request names, over the channels of a WebSocket: two
 * a port, for its bytes and for what goes wrong, each of which begins with the port's number. What
 * clients in Java speak.
 */
final class ChannelForward implements Conversation {
  private static final ByteString NOTHING = ByteString.emptyByteString();

  private final List<Forward> forwards = new ArrayList<>();
  private final IntFunction<CompletionStage<ActorRef<StreamMessage>>> opener;
  private final StreamSettings settings;
  private final LongSupplier nanoTime;
  private Line line;
  private boolean done;

  /**
   * @param opener of a connection to a port, which fails for people to read
   * @param nanoTime monotonic
   */
  ChannelForward(
      List<Integer> ports,
      IntFunction<CompletionStage<ActorRef<StreamMessage>>> opener,
      StreamSettings settings,
      LongSupplier nanoTime) {
    this.opener = opener;
    this.settings = settings;
    this.nanoTime = nanoTime;
    for (int port : ports) forwards.add(new Forward(forwards.size(), port));
  }

  @Override
  public void begin(Line connected) {
    line = connected;
    forwards.forEach(Forward::open);
  }

  @Override
  public void received(ByteString message) {
    if (message.isEmpty()) return;
    int channel = message.head() & 0xff;
    if (channel % 2 == 0 && channel / 2 < forwards.size()) {
      forwards.get(channel / 2).input(message.drop(1));
    }
  }

  @Override
  public boolean thirsty() {
    return done || forwards.stream().noneMatch(Forward::full);
  }

  @Override
  public void told(StreamMessage message) {
    AgentLink link = forwards.get((int) message.stream()).link;
    if (link != null) link.told(message.word());
  }

  @Override
  public void beat() {
    if (done) return;
    if (!thirsty())
      forwards.get(0).send(1, NOTHING, () -> {}); // Shows whether the client is there.
    for (Forward forward : forwards) {
      forward.look();
      if (forward.link != null) forward.link.beat();
    }
  }

  @Override
  public void over() {
    done = true;
    for (Forward forward : forwards) {
      if (forward.link != null) forward.link.abandon();
    }
  }

  private final class Forward implements AgentLink.Ears {
    private final int number;
    private final int port;
    private AgentLink link;
    private ByteString early = NOTHING;
    private boolean over;

    Forward(int number, int port) {
      this.number = number;
      this.port = port;
    }

    void open() {
      ByteString name = ByteString.fromArray(new byte[] {(byte) port, (byte) (port >>> 8)});
      send(0, name, () -> {});
      send(1, name, () -> {});
      line.await(
          opener.apply(port),
          (peer, failure) -> {
            if (failure == null) begin(peer);
            else failed(Failure.text(failure));
          });
    }

    private void begin(ActorRef<StreamMessage> peer) {
      link = new AgentLink(number, peer, this, settings, nanoTime);
      link.begin(line.self());
      link.input(early);
      early = NOTHING;
    }

    void input(ByteString bytes) {
      if (link != null) link.input(bytes);
      else if (!over) early = early.concat(bytes);
    }

    boolean full() {
      return link == null ? early.size() >= settings.window() : link.full();
    }

    /** What nothing is taken of stops all the others: nobody reads the client meanwhile. */
    void look() {
      if (link == null || !link.stalled()) return;
      link.abandon();
      failed("the pod takes nothing");
    }

    void send(int which, ByteString bytes, Runnable taken) {
      byte[] channel = {(byte) (2 * number + which)};
      line.send(ByteString.fromArrayUnsafe(channel).concat(bytes), taken);
    }

    @Override
    public void output(int channel, ByteString bytes) {
      if (!done) send(0, bytes, () -> link.taken(channel, bytes.size()));
    }

    @Override
    public void outputEnded(int channel) {
      // The connection is over then, and told to be.
    }

    @Override
    public void exited(int code) {
      over = true;
      early = NOTHING;
      if (done || !forwards.stream().allMatch(each -> each.over)) return;
      done = true;
      line.finish();
    }

    @Override
    public void failed(String message) {
      if (!done) send(1, ByteString.fromString(message), () -> {});
      exited(1);
    }
  }
}
