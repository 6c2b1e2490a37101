package io.ordinal.controller.api.stream;

import io.ordinal.protocol.agent.StreamMessage;
import io.ordinal.protocol.agent.StreamWord;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/** The controller's end of one stream to a node. Used by its conversation only. */
final class AgentLink {
  /** Who hears what the node sends. */
  interface Ears {
    void output(int channel, ByteString bytes);

    void outputEnded(int channel);

    void exited(int code);

    /** Also when the node is not heard of any more; nothing follows. */
    void failed(String message);
  }

  private final long number;
  private final ActorRef<StreamMessage> peer;
  private final Ears ears;
  private final StreamSettings settings;
  private final LongSupplier nanoTime;
  private final Map<Integer, Inflow> inflows = new HashMap<>();
  private final Heard heard = new Heard();
  private ByteString unsent = ByteString.emptyByteString();
  private boolean ending;
  private long sent;
  private long allowed;
  private long heardAt;
  private long movedAt; // When it was not full yet, or the node took something.
  private boolean over;

  /** What of a channel came, was handed on, and was allowed. */
  private static final class Inflow {
    private long received;
    private long taken;
    private long granted;
  }

  /**
   * @param number of the stream at the connection
   * @param nanoTime monotonic
   */
  AgentLink(
      long number,
      ActorRef<StreamMessage> peer,
      Ears ears,
      StreamSettings settings,
      LongSupplier nanoTime) {
    this.number = number;
    this.peer = peer;
    this.ears = ears;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.heardAt = nanoTime.getAsLong();
    this.movedAt = heardAt;
  }

  /** Has the node begin. */
  void begin(ActorRef<StreamMessage> self) {
    heardAt = nanoTime.getAsLong();
    say(new StreamWord.Begin(self));
    grant(StreamWord.OUTPUT);
    grant(StreamWord.ERRORS);
  }

  void input(ByteString bytes) {
    if (ending || over) return;
    if (!full()) movedAt = nanoTime.getAsLong();
    unsent = unsent.concat(bytes);
    sendWhatMay();
  }

  /** After what was given before. */
  void endInput() {
    if (ending || over) return;
    ending = true;
    sendWhatMay();
  }

  void resize(int columns, int rows) {
    if (!over) say(new StreamWord.Resize(columns, rows));
  }

  /** Whether as much waits to be sent as should. */
  boolean full() {
    return !over && unsent.size() >= settings.window();
  }

  /** Whether it is full and the node has taken nothing for long. */
  boolean stalled() {
    return full() && nanoTime.getAsLong() - movedAt > settings.stall().toNanos();
  }

  /** So much of what was heard is on its way to the client. */
  void taken(int channel, int bytes) {
    Inflow inflow = inflow(channel);
    inflow.taken += bytes;
    // Not for every piece: a word of its own costs as much as a piece.
    if (inflow.taken + settings.window() - inflow.granted >= settings.window() / 2) grant(channel);
  }

  void told(StreamWord word) {
    heardAt = nanoTime.getAsLong();
    if (!over) word.match(heard);
  }

  /** To be called now and then. */
  void beat() {
    if (over) return;
    if (nanoTime.getAsLong() - heardAt > settings.terms().silence().toNanos()) {
      fail("the node was not heard of any more");
    } else {
      say(new StreamWord.Alive());
    }
  }

  /** Nobody wants it any more; nothing of it goes on at the node. */
  void abandon() {
    if (over) return;
    over = true;
    say(new StreamWord.Failed("the client is gone"));
  }

  private void fail(String message) {
    abandon();
    ears.failed(message);
  }

  private void grant(int channel) {
    Inflow inflow = inflow(channel);
    inflow.granted = inflow.taken + settings.window();
    if (!over) say(new StreamWord.Credit(channel, inflow.granted));
  }

  private void sendWhatMay() {
    while (!unsent.isEmpty() && sent < allowed) {
      int most = (int) Math.min(settings.terms().piece(), allowed - sent);
      ByteString piece = unsent.take(most);
      unsent = unsent.drop(piece.size());
      say(new StreamWord.Data(StreamWord.INPUT, sent, piece));
      sent += piece.size();
    }
    // The node may hear it before it has opened anything: only what was allowed tells that it has.
    if (ending && unsent.isEmpty() && allowed > 0) say(new StreamWord.End(StreamWord.INPUT, sent));
  }

  private Inflow inflow(int channel) {
    return inflows.computeIfAbsent(channel, none -> new Inflow());
  }

  private void say(StreamWord word) {
    peer.tell(new StreamMessage(number, word));
  }

  /** What the node's end may say; what only this end says is passed over. */
  private final class Heard implements StreamWord.Cases<Void> {
    @Override
    public Void data(StreamWord.Data word) {
      Inflow inflow = inflow(word.channel());
      if (word.at() != inflow.received) {
        fail("output was lost on the way");
        return null;
      }
      inflow.received += word.bytes().size();
      ears.output(word.channel(), word.bytes());
      return null;
    }

    @Override
    public Void end(StreamWord.End word) {
      if (word.at() == inflow(word.channel()).received) ears.outputEnded(word.channel());
      else fail("output was lost on the way");
      return null;
    }

    @Override
    public Void credit(StreamWord.Credit word) {
      allowed = Math.max(allowed, word.upTo());
      movedAt = nanoTime.getAsLong();
      sendWhatMay();
      return null;
    }

    @Override
    public Void exited(StreamWord.Exited word) {
      over = true;
      ears.exited(word.code());
      return null;
    }

    @Override
    public Void failed(StreamWord.Failed word) {
      over = true;
      ears.failed(word.message());
      return null;
    }

    @Override
    public Void begin(StreamWord.Begin word) {
      return null;
    }

    @Override
    public Void resize(StreamWord.Resize word) {
      return null;
    }

    @Override
    public Void alive(StreamWord.Alive word) {
      return null;
    }
  }
}
