package io.ordinal.controller.api.stream;

import io.ordinal.protocol.agent.StreamMessage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/**
 * Connections to ports of a pod over one of SPDY: for each a stream for its bytes and one for what
 * goes wrong, which the client gives the same number.
 */
final class ForwardConversation implements Conversation, SpdyConnection.Ears {
  private static final ByteString NOTHING = ByteString.emptyByteString();

  private final SpdyConnection connection = new SpdyConnection();
  private final IntFunction<CompletionStage<ActorRef<StreamMessage>>> opener;
  private final StreamSettings settings;
  private final LongSupplier nanoTime;
  private final Map<String, Forward> byRequest = new HashMap<>();
  private final Map<Long, Forward> byNumber = new LinkedHashMap<>();
  private final Map<Integer, Forward> byData = new HashMap<>();
  private Line line;
  private long numbers;
  private boolean done;

  /**
   * @param opener of a connection to a port, which fails for people to read
   * @param nanoTime monotonic
   */
  ForwardConversation(
      IntFunction<CompletionStage<ActorRef<StreamMessage>>> opener,
      StreamSettings settings,
      LongSupplier nanoTime) {
    this.opener = opener;
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  @Override
  public void begin(Line connected) {
    line = connected;
  }

  @Override
  public void received(ByteString bytes) {
    if (!done) connection.received(bytes, this);
  }

  @Override
  public boolean thirsty() {
    return done || byNumber.values().stream().noneMatch(Forward::full);
  }

  @Override
  public void opened(int stream, Map<String, String> headers) {
    int port = port(headers.getOrDefault("port", ""));
    String request = headers.getOrDefault("requestid", headers.getOrDefault("port", ""));
    if (port < 1 || byNumber.size() >= settings.forwards()) {
      broken("a stream that names no port, or too many of them");
      return;
    }
    Forward forward = byRequest.computeIfAbsent(request, each -> new Forward(each, port));
    byNumber.put(forward.number, forward);
    switch (headers.getOrDefault("streamtype", "")) {
      case "error" -> forward.error = stream;
      case "data" -> {
        forward.data = stream;
        byData.put(stream, forward);
      }
      default -> broken("a stream of an unknown type");
    }
    if (forward.error > 0 && forward.data > 0) forward.open();
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port <= 0xffff ? port : 0;
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  @Override
  public void data(int stream, ByteString bytes) {
    Forward forward = byData.get(stream);
    if (forward != null) forward.input(bytes);
  }

  @Override
  public void ended(int stream) {
    Forward forward = byData.get(stream);
    if (forward != null) forward.endInput();
  }

  @Override
  public void reset(int stream) {
    Forward forward = byData.get(stream);
    if (forward != null) forward.forget();
  }

  @Override
  public void reply(ByteString bytes) {
    line.reply(bytes);
  }

  @Override
  public void broken(String why) {
    over();
    line.finish();
  }

  @Override
  public void told(StreamMessage message) {
    Forward forward = byNumber.get(message.stream());
    if (forward != null && forward.link != null) forward.link.told(message.word());
  }

  @Override
  public void beat() {
    if (done) return;
    reply(connection.ping());
    // A copy: whoever is not heard of any more is forgotten meanwhile.
    for (Forward forward : Map.copyOf(byNumber).values()) {
      forward.look();
      if (forward.link != null) forward.link.beat();
    }
  }

  @Override
  public void over() {
    if (done) return;
    done = true;
    Map.copyOf(byNumber).values().forEach(Forward::forget);
    connection.close();
  }

  /** One connection to a port. */
  private final class Forward implements AgentLink.Ears {
    private final String request;
    private final int port;
    private final long number = ++numbers;
    private int error;
    private int data;
    private AgentLink link;
    private ByteString early = NOTHING;
    private boolean endedEarly;
    private boolean closed;

    Forward(String request, int port) {
      this.request = request;
      this.port = port;
    }

    void open() {
      line.await(
          opener.apply(port),
          (peer, failure) -> {
            if (failure != null) failed(Failure.text(failure));
            else begin(peer);
          });
    }

    private void begin(ActorRef<StreamMessage> peer) {
      AgentLink made = new AgentLink(number, peer, this, settings, nanoTime);
      if (closed || done) {
        made.abandon();
        return;
      }
      link = made;
      link.begin(line.self());
      link.input(early);
      early = NOTHING;
      if (endedEarly) link.endInput();
    }

    boolean full() {
      return link == null ? early.size() >= settings.window() : link.full();
    }

    void input(ByteString bytes) {
      if (link != null) link.input(bytes);
      else if (!closed) early = early.concat(bytes);
    }

    void endInput() {
      endedEarly = true;
      if (link != null) link.endInput();
    }

    @Override
    public void output(int channel, ByteString bytes) {
      if (done || closed) return;
      line.send(SpdyConnection.data(data, bytes, false), () -> link.taken(channel, bytes.size()));
    }

    @Override
    public void outputEnded(int channel) {
      // The connection is over then, and told to be.
    }

    @Override
    public void exited(int code) {
      end(NOTHING);
    }

    @Override
    public void failed(String message) {
      end(ByteString.fromString(message));
    }

    /** What nothing is taken of stops all the others: nobody reads the client meanwhile. */
    void look() {
      if (closed || link == null || !link.stalled()) return;
      reply(SpdyConnection.data(error, ByteString.fromString("the pod takes nothing"), true));
      reply(SpdyConnection.reset(data));
      forget();
    }

    private void end(ByteString trouble) {
      if (!done && !closed) {
        reply(SpdyConnection.data(error, trouble, true));
        reply(SpdyConnection.data(data, NOTHING, true));
      }
      forget();
    }

    void forget() {
      closed = true;
      early = NOTHING;
      if (link != null) link.abandon();
      byNumber.remove(number);
      byData.remove(data);
      byRequest.remove(request);
    }
  }
}
