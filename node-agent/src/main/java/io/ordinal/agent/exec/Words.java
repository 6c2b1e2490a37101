package io.ordinal.agent.exec;

import io.ordinal.protocol.agent.StreamWord;
import org.apache.pekko.actor.typed.Behavior;

/** What the controller's end may say; what only this end says is passed over. */
record Words(StreamWorker worker) implements StreamWord.Cases<Behavior<StreamWorker.Command>> {
  @Override
  public Behavior<StreamWorker.Command> begin(StreamWord.Begin word) {
    return worker.begin(word);
  }

  @Override
  public Behavior<StreamWorker.Command> data(StreamWord.Data word) {
    return worker.data(word);
  }

  @Override
  public Behavior<StreamWorker.Command> end(StreamWord.End word) {
    return worker.end(word);
  }

  @Override
  public Behavior<StreamWorker.Command> credit(StreamWord.Credit word) {
    return worker.credit(word);
  }

  @Override
  public Behavior<StreamWorker.Command> resize(StreamWord.Resize word) {
    return worker.resize(word);
  }

  @Override
  public Behavior<StreamWorker.Command> exited(StreamWord.Exited word) {
    return worker;
  }

  @Override
  public Behavior<StreamWorker.Command> failed(StreamWord.Failed word) {
    return worker.abandoned();
  }

  @Override
  public Behavior<StreamWorker.Command> alive(StreamWord.Alive word) {
    return worker;
  }
}
