package io.ordinal.agent.host;

import io.ordinal.agent.workload.Workload;
import io.ordinal.agent.workload.WorkloadPorts;
import io.ordinal.protocol.agent.AgentCommand;

/** What controllers ask of a node that changes no life: logs, and volumes that nobody uses. */
record Errands(Guests guests, Mail mail, WorkloadPorts ports) {
  void readLog(AgentCommand.ReadLog query) {
    guests
        .latestOf(query.replica())
        .ifPresentOrElse(
            guest -> guest.workload().tell(new Workload.ReadLog(query)),
            () -> query.replyTo().tell(UnknownLife.noLog(query)));
  }

  void removeVolume(AgentCommand.RemoveVolume order) {
    String volume = order.volume();
    boolean used = mail.requests().accepting() || guests.use(volume);
    mail.line().removed(volume, used ? Line.IN_USE : ports.volumes().remove(volume));
  }
}
