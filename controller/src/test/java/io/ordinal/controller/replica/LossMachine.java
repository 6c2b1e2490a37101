package io.ordinal.controller.replica;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A machine of a {@link LossWorld} with an agent that does what agents must. */
final class LossMachine {
  /** A process, and the word by which it is fenced or kept. */
  private record Run(long life, boolean fenced, long basis) {}

  private final NodeName name;
  private final UUID state;
  private final LossWorld world;
  private final Map<Integer, Run> runs = new HashMap<>();
  private final Map<Integer, Long> floors = new HashMap<>();
  private boolean powered = true;
  private boolean connected = true;
  private boolean resting;
  private boolean lapsed = true;
  private Session session;
  private long versions;
  private int boots;

  LossMachine(int id, LossWorld world) {
    this.name = new NodeName("node-" + id);
    this.state = new UUID(7, id);
    this.world = world;
  }

  NodeName name() {
    return name;
  }

  Session latest() {
    return session;
  }

  boolean powered() {
    return powered;
  }

  boolean well() {
    return powered && connected && !resting;
  }

  /** Whether its lease has run out by its own clock, which is before the controllers'. */
  boolean lapsed() {
    return lapsed || !powered;
  }

  /** The life that runs here, or 0. */
  long running(int replica) {
    return Optional.ofNullable(runs.get(replica)).map(Run::life).orElse(0L);
  }

  void trouble() {
    switch (world.random.nextInt(5)) {
      case 0 -> connected = false;
      case 1 -> lapse();
      case 2 -> {
        powered = false;
        runs.clear();
      }
      case 3 -> {
        boolean may = well() && !lapsed && session != null;
        if (may && world.sessions.get(session) == Standing.READY) {
          world.sessions.put(session, Standing.RESTING);
          resting = true;
        }
      }
      default -> runs.keySet().stream().findFirst().ifPresent(this::end); // It crashed for good.
    }
  }

  /** The deadline: fenced lives end, whatever the agent does. Lifted while the session rests. */
  private void lapse() {
    if (resting || connected && powered) return;
    lapsed = true;
    endFenced();
  }

  void recover() {
    if (!powered) {
      powered = true;
      boots++;
      lapsed = true;
      resting = false;
    } else if (!connected) {
      connected = true;
    } else if (resting) {
      resting = false;
      world.sessions.replace(session, Standing.RESTING, Standing.READY);
    }
  }

  /** Begins a new session once the old one is over, or ends the old one after its fenced lives. */
  void register() {
    boolean over = session == null || world.sessions.get(session).over();
    if (!well() || !lapsed && !over) return;
    endFenced();
    if (session != null && !over) world.sessions.put(session, Standing.CLOSED);
    session = new Session(name, state, "boot-" + boots, world.nextNumber());
    world.sessions.put(session, Standing.READY);
    lapsed = false;
  }

  /** A hint: what counts is the answer to a read begun now, and that may come late too. */
  void start(int replica, long life) {
    if (!hears()) return;
    if (running(replica) == life) {
      report(replica, life, Phase.RUNNING);
      return;
    }
    if (life <= floors.getOrDefault(replica, 0L)) {
      report(replica, life, Phase.ENDED);
      return;
    }
    Session asking = session;
    Optional<Boolean> answer = world.confirmed(asking, replica, life);
    if (answer.isEmpty()) return;
    boolean fenced = answer.get();
    world.later(() -> launch(asking, replica, new Run(life, fenced, 0)));
  }

  private void launch(Session asking, int replica, Run run) {
    boolean may = hears() && asking.equals(session) && !lapsed;
    if (!may || run.life() <= floors.getOrDefault(replica, 0L)) return;
    if (running(replica) == run.life()) return;
    floors.put(replica, run.life() - 1);
    runs.put(replica, run);
    report(replica, run.life(), Phase.RUNNING);
  }

  void stop(int replica, long life) {
    if (!hears()) return;
    if (running(replica) == life) runs.remove(replica);
    if (running(replica) < life) {
      floors.merge(replica, life, Math::max);
      report(replica, life, Phase.ENDED);
    }
  }

  void setFenced(int replica, long life, boolean fenced, long basis) {
    Run run = runs.get(replica);
    if (!hears() || run == null || run.life() != life) return;
    boolean later = basis > run.basis() || basis == run.basis() && fenced && !run.fenced();
    if (later) runs.put(replica, new Run(life, fenced, basis));
    if (lapsed && fenced) end(replica);
    report();
  }

  void report() {
    if (!hears()) return;
    runs.forEach((replica, run) -> report(replica, run.life(), Phase.RUNNING));
    floors.forEach(
        (replica, floor) -> {
          if (running(replica) == 0) report(replica, floor, Phase.ENDED);
        });
  }

  private void report(int replica, long life, Phase phase) {
    Optional<Run> run = Optional.ofNullable(runs.get(replica)).filter(it -> it.life() == life);
    LifeStatus status =
        new LifeStatus(
            LossWorld.id(replica),
            new Incarnation(life),
            ++versions,
            phase,
            phase == Phase.RUNNING,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            "",
            "",
            run.map(Run::fenced).orElse(false),
            run.map(Run::basis).orElse(0L));
    Session from = session;
    if (life > 0) world.later(() -> world.reported(from, replica, status));
  }

  @Override
  public String toString() {
    return name + " in " + session + ", lapsed " + lapsed + ": " + runs + ", below " + floors;
  }

  private boolean hears() {
    return well() && session != null;
  }

  private void endFenced() {
    List.copyOf(runs.keySet()).stream().filter(it -> runs.get(it).fenced()).forEach(this::end);
  }

  private void end(int replica) {
    floors.merge(replica, runs.remove(replica).life(), Math::max);
  }
}
