package io.ordinal.agent.host;

import io.ordinal.agent.driver.Deadline;
import io.ordinal.agent.state.HeldSession;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.Optional;

/**
 * The session that this node holds and what its lease is worth: which deadline the launchers are to
 * be told, and when it is over. Used by one thread.
 */
final class Tenure {
  private final HeldLease lease;
  private final UpTime upTime;
  private final HostSettings settings;
  private Optional<HeldSession> held = Optional.empty();
  private LeaseTerm term;
  private boolean lifted;
  private boolean restingThere;
  private long armedAt;

  Tenure(HostPorts ports, HostSettings settings) {
    this.lease = ports.lease();
    this.upTime = ports.upTime();
    this.settings = settings;
    this.term = LeaseTerm.begin(upTime.now(), Optional.empty());
    lease.drop();
  }

  /** Goes on with what was found on disk. */
  void recall(Recovery.Stock stock) {
    held = stock.session();
    lifted = stock.deadline().filter(Deadline.LIFTED::equals).isPresent();
    term = term.anew(Duration.ZERO, stock.deadline().filter(until -> !lifted));
    stock.deadline().ifPresent(lease::holdUntil);
  }

  /** The session that the directory last had, which a Hello names. */
  Optional<HeldSession> held() {
    return held;
  }

  /** Whether fenced lives run without a deadline, since the session rested. */
  boolean lifted() {
    return lifted;
  }

  /** A session that cannot be read has lapsed too: nothing fenced runs under a lease unknown. */
  boolean lapsed() {
    return held.map(HeldSession::lapsed).orElse(true);
  }

  boolean was(Session session) {
    return held.map(HeldSession::session).equals(Optional.of(session));
  }

  boolean is(Session session) {
    return !lapsed() && was(session);
  }

  /**
   * The deadline was lifted for a planned stop, but the controllers count leases: somebody armed
   * this session in our name, and they may fence it at any time.
   */
  boolean contradicts(AgentCommand.Welcome welcome) {
    return lifted && is(welcome.session()) && !welcome.resting();
  }

  /**
   * The session begins, or goes on after a break.
   *
   * @return whether it is another one than before
   */
  boolean welcome(AgentCommand.Welcome welcome) {
    boolean goesOn = was(welcome.session());
    term = term.anew(welcome.lease(), goesOn ? term.deadline() : Optional.empty());
    held = Optional.of(HeldSession.renewed(welcome.session()));
    restingThere = welcome.resting();
    if (goesOn) return false;
    lifted = false;
    lease.drop();
    return true;
  }

  /** Numbers the next request. */
  long ask() {
    term = term.ask(upTime.now());
    return term.lastSequence();
  }

  /**
   * @return the deadline that launchers are to be told, if the grant moves it
   */
  Optional<Duration> granted(AgentCommand.Granted grant) {
    if (grant.resting()) restingThere = true; // By a request that was handled late: we are back.
    Optional<Duration> before = term.deadline();
    term = term.granted(grant.sequence());
    if (term.deadline().equals(before)) return Optional.empty();
    armedAt = grant.sequence();
    return term.deadline();
  }

  /** Only now, when the launchers know it too, may fenced lives begin under it. */
  void told(Duration until) {
    lifted = false;
    lease.holdUntil(until);
  }

  /**
   * What is to be said to controllers that believe that the session rests.
   *
   * @return the number of the grant at which the launchers' deadline was armed
   */
  Optional<Long> armed() {
    boolean armed = restingThere && !lifted && armedAt > 0 && lease.holds();
    return armed ? Optional.of(armedAt) : Optional.empty();
  }

  void restsThere(boolean rests) {
    restingThere = rests;
  }

  /** The launchers' deadline was lifted: nothing ends by itself any more. */
  void lift() {
    lifted = true;
    restingThere = true;
    term = term.anew(term.length(), Optional.empty());
  }

  /**
   * The session is never renewed from now on.
   *
   * @return what is to be remembered of it
   */
  Optional<HeldSession> lapse() {
    term = term.anew(Duration.ZERO, Optional.empty());
    held = held.map(HeldSession::over);
    lifted = false;
    return held;
  }

  boolean ranOut() {
    return term.endsWithin(settings.reserve(), upTime.now());
  }

  /** How long fenced lives have, once it is time that they end by themselves. */
  Optional<Duration> politeTime() {
    Duration now = upTime.now();
    boolean due = term.endsWithin(term.within(settings.politeness()), now);
    return due ? Optional.of(term.left(settings.reserve(), now)) : Optional.empty();
  }

  /** Until fenced lives are ended, if a deadline stands. */
  Optional<Duration> left() {
    return term.deadline().map(until -> until.minus(upTime.now()));
  }

  Optional<Duration> nextLook() {
    return term.nextLook(upTime.now(), settings.politeness(), settings.reserve());
  }
}
