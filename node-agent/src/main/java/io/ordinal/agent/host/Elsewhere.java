package io.ordinal.agent.host;

import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Asks other front doors for the lease while the one at hand owes an answer: a grant from there is
 * as good. Every request has a number of its own, so the grant tells who answered. Used by one
 * thread.
 */
final class Elsewhere {
  private final FrontDoors doors;
  private final Tenure tenure;
  private final ActorRef<AgentCommand> agent;
  private final Consumer<ActorRef<FrontDoorRequest>> found;
  private final Map<Long, ActorRef<FrontDoorRequest>> asked = new HashMap<>();
  private boolean searching;

  /**
   * @param agent where grants go
   * @param found is told of other doors, on any thread
   */
  Elsewhere(
      HostPorts ports,
      Tenure tenure,
      ActorRef<AgentCommand> agent,
      Consumer<ActorRef<FrontDoorRequest>> found) {
    this.doors = ports.frontDoors();
    this.tenure = tenure;
    this.agent = agent;
    this.found = found;
  }

  void search(Contact.Registered contact) {
    searching = true;
    doors.findOthers(contact.door(), found);
  }

  /** Nothing, once a door has answered. */
  void ask(Contact.Registered contact, ActorRef<FrontDoorRequest> door) {
    if (!searching) return;
    long sequence = tenure.ask();
    asked.put(sequence, door);
    contact.at(door, contact.heardAt()).renew(sequence, agent);
  }

  /** Whoever grants first is the one to talk to from now on. */
  Contact.Registered granted(Contact.Registered contact, long sequence, Instant now) {
    ActorRef<FrontDoorRequest> door = asked.getOrDefault(sequence, contact.door());
    rest();
    return contact.at(door, now);
  }

  /** Nobody is asked at present, and no earlier answer counts. */
  void rest() {
    searching = false;
    asked.clear();
  }
}
