package io.ordinal.agent.host;

import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LifeStatus;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What goes to the controllers about lives, again and again until it is answered: reports and
 * questions.
 */
final class Mail {
  private final Line line;
  private final Outbox outbox;
  private final Requests requests;
  private final InstantSource clock;

  /**
   * @param agent where controllers are to answer
   */
  Mail(HostSettings settings, ActorRef<AgentCommand> agent, InstantSource clock) {
    this.line = new Line(agent);
    this.outbox = new Outbox(settings.repeatFirst(), settings.repeatMost());
    this.requests = new Requests(settings.repeatFirst(), settings.repeatMost());
    this.clock = clock;
  }

  Line line() {
    return line;
  }

  Requests requests() {
    return requests;
  }

  /** After a break everything is said again at once. */
  void connect(HostedLives.Connected to) {
    line.connect(to);
    outbox.all().forEach(line::report);
    requests.all().forEach(line::confirm);
  }

  void ask(LifeName life) {
    requests.ask(life, clock.instant());
    line.confirm(life);
  }

  void report(LifeStatus status) {
    outbox.put(status, clock.instant());
    line.report(status);
  }

  void noted(LifeName life, long version) {
    outbox.noted(life, version);
  }

  void repeatWhatIsDue() {
    if (!line.connected()) return;
    outbox.due(clock.instant()).forEach(line::report);
    requests.due(clock.instant()).forEach(line::confirm);
  }

  /** The latest of every guest, and what is not noted yet of those who are gone. */
  List<LifeStatus> all(Guests guests) {
    Map<LifeName, LifeStatus> lives = new LinkedHashMap<>();
    guests.all().forEach(guest -> lives.put(Outbox.nameOf(guest.status()), guest.status()));
    outbox.all().forEach(status -> lives.put(Outbox.nameOf(status), status));
    return List.copyOf(lives.values());
  }
}
