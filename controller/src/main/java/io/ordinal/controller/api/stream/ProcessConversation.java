package io.ordinal.controller.api.stream;

import io.ordinal.protocol.agent.StreamMessage;
import io.ordinal.protocol.agent.StreamPurpose.Wanted;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/** A client and one process: exec and attach. */
final class ProcessConversation implements Conversation, Dialect.Ears, AgentLink.Ears {
  private final Dialect dialect;
  private final Wanted wanted;
  private final StreamSettings settings;
  private final AgentLink link;
  private final TerminalSize size = new TerminalSize();
  private Line line;
  private Optional<TerminalSize.Size> latest = Optional.empty();
  private boolean pausing;
  private boolean sized;
  private boolean begun;
  private boolean done;

  /**
   * @param nanoTime monotonic
   */
  ProcessConversation(
      Dialect dialect,
      Wanted wanted,
      ActorRef<StreamMessage> peer,
      StreamSettings settings,
      LongSupplier nanoTime) {
    this.dialect = dialect;
    this.wanted = wanted;
    this.settings = settings;
    this.link = new AgentLink(1, peer, this, settings, nanoTime);
  }

  @Override
  public void begin(Line connection) {
    line = connection;
    line.after(settings.setUpPatience(), this::setUp);
    dialect.begin(this);
  }

  private void setUp() {
    if (!begun) fail("timed out waiting for client to create streams");
  }

  /**
   * Not at once: kubectl drops output that comes before it has got that far itself; and a terminal
   * should have its size from the beginning.
   */
  @Override
  public void ready() {
    line.after(wanted.tty() ? settings.terminalPatience() : settings.headStart(), this::beginNow);
  }

  private void beginNow() {
    if (begun || done) return;
    begun = true;
    link.begin(line.self());
    if (!wanted.stdin()) link.endInput();
  }

  @Override
  public void received(ByteString bytes) {
    dialect.received(bytes, this);
  }

  @Override
  public boolean thirsty() {
    return done || !link.full();
  }

  @Override
  public void input(ByteString bytes) {
    if (wanted.stdin()) link.input(bytes);
  }

  @Override
  public void inputEnded() {
    link.endInput();
  }

  @Override
  public void size(ByteString json) {
    Optional<TerminalSize.Size> now = size.read(json);
    if (now.isPresent()) {
      latest = now;
      tellSize();
    }
    if (begun || sized) return;
    sized = true;
    line.after(settings.headStart(), this::beginNow);
  }

  /** The latest, now and then: nobody allows how many there may be. */
  private void tellSize() {
    if (pausing || latest.isEmpty()) return;
    link.resize(latest.get().columns(), latest.get().rows());
    latest = Optional.empty();
    pausing = true;
    line.after(
        settings.sizePause(),
        () -> {
          pausing = false;
          tellSize();
        });
  }

  @Override
  public void reply(ByteString bytes) {
    line.reply(bytes);
  }

  @Override
  public void broken(String why) {
    link.abandon();
    done = true;
    line.finish();
  }

  @Override
  public void told(StreamMessage message) {
    link.told(message.word());
  }

  @Override
  public void output(int channel, ByteString bytes) {
    if (done) return;
    line.send(dialect.output(channel, bytes), () -> link.taken(channel, bytes.size()));
  }

  @Override
  public void outputEnded(int channel) {
    // Told with the end of everything.
  }

  @Override
  public void exited(int code) {
    end(ExitStatus.exited(code));
  }

  @Override
  public void failed(String message) {
    end(ExitStatus.failed(message));
  }

  private void fail(String why) {
    link.abandon();
    failed(why);
  }

  private void end(byte[] status) {
    if (done) return;
    done = true;
    line.send(dialect.status(status), () -> {});
    if (dialect.clientClosesFirst()) line.after(settings.farewell(), line::finish);
    else line.finish();
  }

  @Override
  public void beat() {
    if (done) return;
    if (begun) link.beat();
    ByteString ping = dialect.ping(!thirsty());
    if (!ping.isEmpty()) reply(ping);
  }

  @Override
  public void over() {
    done = true;
    link.abandon();
    dialect.close();
  }
}
