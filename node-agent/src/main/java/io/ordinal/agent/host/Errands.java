package io.ordinal.agent.host;

import io.ordinal.agent.drill.FaultRoom;
import io.ordinal.agent.workload.Inquiry;
import io.ordinal.agent.workload.Workload;
import io.ordinal.protocol.agent.AgentCommand;

/** What controllers ask of a node beside its lives: logs, volumes that nobody uses, faults. */
record Errands(Guests guests, Mail mail, HostPorts ports) {
  void readLog(AgentCommand.ReadLog query) {
    guests
        .latestOf(query.replica())
        .ifPresentOrElse(
            guest -> ask(guest, new Inquiry.Log(query)),
            () -> query.replyTo().tell(UnknownLife.noLog(query)));
  }

  /** Whoever asked gives up by itself when it cannot be measured. */
  void readUsage(AgentCommand.ReadUsage query) {
    ports.usage().read().thenAccept(query.replyTo()::tell);
  }

  void openStream(AgentCommand.OpenStream query) {
    guests
        .latestOf(query.replica())
        .filter(guest -> query.podUid().isEmpty() || guest.order().podUid().equals(query.podUid()))
        .ifPresentOrElse(
            guest -> ask(guest, new Inquiry.Stream(query)),
            () -> query.replyTo().tell(UnknownLife.noStream(query)));
  }

  private static void ask(Guest guest, Inquiry inquiry) {
    guest.workload().tell(new Workload.Ask(inquiry));
  }

  void inject(AgentCommand.Inject order) {
    ports.faults().tell(new FaultRoom.Inject(order));
  }

  void revert(AgentCommand.Revert order) {
    ports.faults().tell(new FaultRoom.Revert(order));
  }

  void removeVolume(AgentCommand.RemoveVolume order) {
    String volume = order.volume();
    boolean used = mail.requests().accepting() || guests.use(volume);
    mail.line()
        .removed(
            volume, used ? Line.IN_USE : ports.workload().volumes().remove(volume, order.path()));
  }
}
