package io.ordinal.agent.drill;

import io.ordinal.protocol.agent.Fault;

/** What a fault does, for people. Pure. */
final class FaultWords implements Fault.Cases<String> {
  static final FaultWords INSTANCE = new FaultWords();

  private FaultWords() {}

  @Override
  public String killMember(Fault.KillMember fault) {
    return fault.withWorkloads() ? "kill the member and its workloads" : "kill the member";
  }

  @Override
  public String freezeMember(Fault.FreezeMember fault) {
    return "freeze the member";
  }

  @Override
  public String cutOff(Fault.CutOff fault) {
    return fault.addresses().isEmpty()
        ? "cut the machine off"
        : "cut the machine off from " + String.join(", ", fault.addresses());
  }

  @Override
  public String killReplica(Fault.KillReplica fault) {
    return "kill " + fault.replica();
  }

  @Override
  public String freezeReplica(Fault.FreezeReplica fault) {
    return "freeze " + fault.replica();
  }

  @Override
  public String stop(Fault.Stop fault) {
    return "stop the member in order";
  }
}
