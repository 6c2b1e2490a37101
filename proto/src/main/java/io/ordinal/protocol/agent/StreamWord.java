package io.ordinal.protocol.agent;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/**
 * What the two ends of a stream say to each other. Nobody sends more on a channel than the other
 * end gave credit for, and nobody counts on the other end for longer than it is heard of.
 */
public sealed interface StreamWord {
  /** From the controller's end: of a process's input, and of a connection. */
  int INPUT = 0;

  /** From the agent's end: of a process's output, and of a connection. */
  int OUTPUT = 1;

  /** From the agent's end. */
  int ERRORS = 2;

  <R> R match(Cases<R> cases);

  /** The controller's first word: where to talk to, and that it is to begin now. */
  record Begin(ActorRef<StreamMessage> peer) implements StreamWord {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.begin(this);
    }
  }

  /**
   * @param at how many bytes of the channel were sent before
   */
  record Data(int channel, long at, ByteString bytes) implements StreamWord {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.data(this);
    }
  }

  /**
   * Nothing follows on this channel.
   *
   * @param at how many bytes were sent in all
   */
  record End(int channel, long at) implements StreamWord {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.end(this);
    }
  }

  /** So many bytes in all may be sent on the channel. Never falls. */
  record Credit(int channel, long upTo) implements StreamWord {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.credit(this);
    }
  }

  /** The size of the client's terminal. */
  record Resize(int columns, int rows) implements StreamWord {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.resize(this);
    }
  }

  /**
   * The agent's last word: what the stream was for is over, and all of its output was sent.
   *
   * @param code as a shell counts; 0 where there is no process
   */
  record Exited(int code) implements StreamWord {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.exited(this);
    }
  }

  /**
   * The last word of either end when it did not go well. Of the controller: whoever the stream was
   * for is gone, so nothing of it may go on.
   *
   * @param message for people
   */
  record Failed(String message) implements StreamWord {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.failed(this);
    }
  }

  /** Said now and then when there is nothing else to say. */
  record Alive() implements StreamWord {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.alive(this);
    }
  }

  /** One method a word. */
  interface Cases<R> {
    R begin(Begin word);

    R data(Data word);

    R end(End word);

    R credit(Credit word);

    R resize(Resize word);

    R exited(Exited word);

    R failed(Failed word);

    R alive(Alive word);
  }
}
