package io.ordinal.agent.exec;

import io.ordinal.protocol.agent.StreamWord;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The bytes between a stream and what it leads to. Used by the stream's actor only. */
final class Conduit {
  /** Before anything is open. */
  static final Conduit NONE = new Conduit();

  /**
   * Whoever hears what the conduit's threads have to say.
   *
   * @param outputEnded once for each output
   * @param written bytes of input that were taken in all
   */
  record Ears(Consumer<StreamWord> peer, Runnable outputEnded, LongConsumer written) {}

  private final Optional<Endpoint> endpoint;
  private final Map<Integer, OutputPump> outputs = new HashMap<>();
  private final InputPump input;
  private final long drainNanos;
  private final Executor threads;
  private long received;
  private int open;
  private OptionalInt code = OptionalInt.empty();

  private Conduit() {
    this.endpoint = Optional.empty();
    this.input = null;
    this.drainNanos = 0;
    this.threads = Runnable::run;
  }

  Conduit(Endpoint endpoint, StreamParts parts, Ears ears) {
    this.endpoint = Optional.of(endpoint);
    StreamSettings settings = parts.settings();
    this.drainNanos = settings.drain().toNanos();
    this.threads = parts.threads();
    this.input = new InputPump(endpoint.input(), ears.written());
    endpoint
        .outputs()
        .forEach(
            (channel, from) ->
                outputs.put(
                    channel,
                    new OutputPump(
                        channel,
                        from,
                        settings.terms().piece(),
                        ears.peer(),
                        ears.outputEnded(),
                        parts.nanoTime())));
    this.open = outputs.size();
  }

  void begin() {
    threads.execute(input);
    outputs.values().forEach(threads::execute);
  }

  /** False when something before it is missing. */
  boolean take(StreamWord.Data data) {
    if (endpoint.isEmpty() || data.channel() != StreamWord.INPUT) return false;
    if (data.at() != received) return false;
    received += data.bytes().size();
    input.write(data.bytes());
    return true;
  }

  /** False when something before it is missing. */
  boolean endInput(StreamWord.End end) {
    if (endpoint.isEmpty() || end.at() != received) return false;
    input.end();
    return true;
  }

  void allow(StreamWord.Credit credit) {
    OutputPump pump = outputs.get(credit.channel());
    if (pump != null) pump.allowance().raise(credit.upTo());
  }

  void resize(StreamWord.Resize size) {
    endpoint.ifPresent(it -> it.resize(size.columns(), size.rows()));
  }

  void outputEnded() {
    open--;
    if (open == 0) endpoint.ifPresent(Endpoint::drained);
  }

  /** What was said last may still have to be read, however long nothing was said before. */
  void over(int ended) {
    code = OptionalInt.of(ended);
    outputs.values().forEach(OutputPump::awaitLast);
  }

  /** What it ended with, once all of the output is on its way, or as much as ever will be. */
  OptionalInt code() {
    boolean drained =
        open == 0 || outputs.values().stream().allMatch(each -> each.silentFor(drainNanos));
    return drained ? code : OptionalInt.empty();
  }

  /** Nothing is to be ended any more; what was begun and still runs may. */
  Conduit left() {
    letGo();
    return NONE;
  }

  /** Ends everything. */
  void abandon() {
    letGo();
    endpoint.ifPresent(Endpoint::abandon);
  }

  private void letGo() {
    outputs.values().forEach(each -> each.letGo(threads));
    if (input != null) input.end();
  }
}
