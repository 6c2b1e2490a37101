package io.ordinal.agent.drill;

import io.ordinal.protocol.agent.Fault;
import io.ordinal.protocol.id.ReplicaId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a fault means for the script: its kind, and what it is done to. Pure. */
final class FaultPlan implements Fault.Cases<Map<String, String>> {
  static final FaultPlan WORDS = new FaultPlan();

  private FaultPlan() {}

  /**
   * A file that a shell reads.
   *
   * @param values by name of the variable
   */
  static String render(Map<String, String> values) {
    return values.entrySet().stream()
        .map(each -> each.getKey() + "='" + each.getValue().replace("'", "'\\''") + "'\n")
        .collect(Collectors.joining());
  }

  private static Map<String, String> kind(String name) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("kind", name);
    values.put("addresses", "");
    values.put("runs", "*/*");
    return values;
  }

  private static Map<String, String> of(String name, ReplicaId replica) {
    Map<String, String> values = kind(name);
    values.put("runs", replica.namespace() + "_" + replica.name() + "_*/*");
    return values;
  }

  @Override
  public Map<String, String> killMember(Fault.KillMember fault) {
    return kind(fault.withWorkloads() ? "kill-node" : "kill-member");
  }

  @Override
  public Map<String, String> freezeMember(Fault.FreezeMember fault) {
    return kind("freeze-member");
  }

  @Override
  public Map<String, String> cutOff(Fault.CutOff fault) {
    Map<String, String> values = kind("cut-off");
    List<String> addresses = fault.addresses();
    for (String address : addresses) {
      if (!address.matches("[0-9a-fA-F.:]+(/\\d{1,3})?")) {
        throw new IllegalArgumentException("'" + address + "' is not a numeric address");
      }
    }
    values.put("addresses", String.join(" ", addresses));
    return values;
  }

  @Override
  public Map<String, String> killReplica(Fault.KillReplica fault) {
    return of("kill-replica", fault.replica());
  }

  @Override
  public Map<String, String> freezeReplica(Fault.FreezeReplica fault) {
    return of("freeze-replica", fault.replica());
  }

  @Override
  public Map<String, String> stop(Fault.Stop fault) {
    return kind("stop-member");
  }
}
