package io.ordinal.controller.node;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.model.SessionRecord;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.id.MachineId;
import io.ordinal.protocol.id.Session;
import java.util.Optional;

/** Why a node may not register now, for people: what it waits for, and what they can do. Pure. */
final class Refusals {
  private Refusals() {}

  static String off(Hello hello) {
    return "node "
        + hello.node()
        + " was declared off by the taint "
        + OutOfService.TAINT
        + "; it may register when the taint is removed";
  }

  static String twoMachines(Hello hello, SessionRecord current) {
    return "two machines claim the name "
        + hello.node()
        + ": "
        + whose(current.machine(), current.address())
        + ", whose session "
        + current.session().number()
        + " goes on, and "
        + whose(hello.machine(), hello.inventory().address())
        + ", which waits until "
        + end(hello, current)
        + ". Give one of them another name";
  }

  static String directoryOfAnother(Hello hello, SessionRecord current) {
    return "two machines claim the name "
        + hello.node()
        + " with one state directory ("
        + hello.stateUuid()
        + "): "
        + whose(current.machine(), current.address())
        + " used it last, in session "
        + current.session().number()
        + ", and "
        + whose(hello.machine(), hello.inventory().address())
        + " has it now. If it is a copy, empty it and give this machine a name of its own; if the disk"
        + " was moved here, switch the other machine off and say so: "
        + sayOff(hello)
        + ", and take the taint away again";
  }

  static String otherDirectory(Hello hello, SessionRecord current) {
    boolean same = current.here(hello.machine());
    return "node name "
        + hello.node()
        + " belongs to another state directory ("
        + current.session().stateUuid()
        + (same ? " of this same machine, so it was wiped or moved" : "")
        + "; this one is "
        + hello.stateUuid()
        + ") until "
        + end(hello, current)
        + (same ? "" : "; if that is another machine, give one of them another name");
  }

  static String unknown(Hello hello, SessionRecord current) {
    String remembered =
        hello
            .previous()
            .or(hello::ended)
            .map(session -> "session " + session.number())
            .orElse("no session");
    boolean moved =
        hello.previous().filter(each -> each.number() >= current.session().number()).isPresent();
    String why =
        moved && !current.session().bootId().equals(hello.bootId())
            ? " of another boot; whether it was this machine's cannot be told."
            : ": is it a copy?";
    return "the state directory of node "
        + hello.node()
        + " remembers "
        + remembered
        + ", the log its session "
        + current.session().number()
        + why
        + " It may register when "
        + end(hello, current);
  }

  /** Said after another reason. */
  static String restored(Hello hello) {
    return "; since the store was restored from a backup, its lease does not lapse before the session"
        + " is declared off: "
        + sayOff(hello);
  }

  private static String end(Hello hello, SessionRecord current) {
    Session session = current.session();
    return current.standing() == Standing.RESTING
        ? "session "
            + session.number()
            + " is declared off (it rests by plan, so its lease does not lapse): "
            + sayOff(hello)
        : "the lease of session " + session.number() + " has lapsed";
  }

  private static String whose(Optional<MachineId> machine, String address) {
    return "machine " + machine.map(MachineId::value).orElse("unknown") + " at " + address;
  }

  private static String sayOff(Hello hello) {
    return "kubectl taint node " + hello.node() + " " + OutOfService.TAINT + "=:NoExecute";
  }
}
