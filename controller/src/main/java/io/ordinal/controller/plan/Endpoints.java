package io.ordinal.controller.plan;

import io.ordinal.controller.model.EndpointGroup;
import io.ordinal.controller.model.EndpointGroup.Member;
import io.ordinal.controller.model.EndpointSlicePlan;
import io.ordinal.controller.model.ServedPod;
import io.ordinal.controller.model.ServedPod.NamedPort;
import io.ordinal.controller.model.ServedService;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Which pods stand behind a service, at which ports, and how they are cut into slices. */
public final class Endpoints {
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX_CHARS = 5;

  private Endpoints() {}

  /**
   * The pods of a service by the ports at which they are reached. A pod that has not the port that
   * the service names is left out of that port.
   *
   * @param pods those that the service selects and that have an address
   */
  public static List<EndpointGroup> groups(ServedService service, List<ServedPod> pods) {
    record Key(boolean ipv6, List<EndpointGroup.Port> ports) {}
    Map<Key, List<Member>> found = new LinkedHashMap<>();
    List<Member> members =
        pods.stream()
            .map(each -> new Member(each, service.publishesUnready() || serves(each)))
            .sorted(Member.ORDER)
            .toList();
    for (Member each : members) {
      List<EndpointGroup.Port> ports = ports(service, each.pod());
      if (ports.isEmpty() && !service.ports().isEmpty()) continue;
      Key key = new Key(each.pod().address().indexOf(':') >= 0, ports);
      found.computeIfAbsent(key, fresh -> new ArrayList<>()).add(each);
    }
    return found.entrySet().stream()
        .map(
            each -> new EndpointGroup(each.getKey().ipv6(), each.getKey().ports(), each.getValue()))
        .sorted(Comparator.comparing(each -> each.ports().toString() + each.ipv6()))
        .toList();
  }

  private static boolean serves(ServedPod pod) {
    return pod.ready() && !pod.terminating();
  }

  private static List<EndpointGroup.Port> ports(ServedService service, ServedPod pod) {
    List<EndpointGroup.Port> found = new ArrayList<>();
    for (ServedService.Port port : service.ports()) {
      number(port, pod)
          .ifPresent(
              number ->
                  found.add(
                      new EndpointGroup.Port(
                          port.name(), port.protocol(), number, port.appProtocol())));
    }
    return found;
  }

  private static Optional<Integer> number(ServedService.Port port, ServedPod pod) {
    if (port.target().matches("[0-9]{1,5}")) return Optional.of(Integer.valueOf(port.target()));
    return pod.ports().stream()
        .filter(each -> each.name().equals(port.target()))
        .filter(each -> each.protocol().equals(port.protocol()))
        .map(NamedPort::number)
        .findFirst();
  }

  /**
   * Cuts groups into slices. Pods stay in the slice that they are in, so that a change of one pod
   * changes one slice; a service without pods has one empty slice. Names follow from the service,
   * the group and a number: two that plan at once plan the same.
   *
   * @param present names of slices by the uid of the pods in them
   * @param most endpoints of a slice
   */
  public static List<EndpointSlicePlan> slices(
      ServedService service, List<EndpointGroup> groups, Map<String, String> present, int most) {
    if (groups.isEmpty()) groups = List.of(new EndpointGroup(false, List.of(), List.of()));
    List<EndpointSlicePlan> found = new ArrayList<>();
    for (EndpointGroup group : groups) {
      int room = 1 + (group.members().size() + present.size()) / Math.max(1, most);
      List<String> names = new ArrayList<>();
      // Members that stayed may be spread over more slices than would hold them all.
      for (int i = 0; i < Math.max(room, present.size()) + 1; i++)
        names.add(name(service, group, i));
      fill(group, names, present, most)
          .forEach(
              (name, members) ->
                  found.add(
                      new EndpointSlicePlan(
                          name, group.ipv6(), group.ports(), List.copyOf(members))));
    }
    return found;
  }

  private static Map<String, List<Member>> fill(
      EndpointGroup group, List<String> names, Map<String, String> present, int most) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < names.size(); i++) places.put(names.get(i), i);
    TreeMap<Integer, List<Member>> slots = new TreeMap<>();
    List<Member> homeless = new ArrayList<>();
    for (Member each : group.members()) {
      Integer place = places.get(present.getOrDefault(each.pod().uid(), ""));
      List<Member> slot =
          place == null ? null : slots.computeIfAbsent(place, fresh -> new ArrayList<>());
      if (slot == null || slot.size() >= most) homeless.add(each);
      else slot.add(each);
    }
    int next = 0;
    for (Member each : homeless) {
      while (slots.getOrDefault(next, List.of()).size() >= most) next++;
      slots.computeIfAbsent(next, fresh -> new ArrayList<>()).add(each);
    }
    if (slots.isEmpty()) slots.put(0, new ArrayList<>());
    Map<String, List<Member>> named = new LinkedHashMap<>();
    slots.forEach(
        (place, members) -> {
          members.sort(Member.ORDER);
          named.put(names.get(place), members);
        });
    return named;
  }

  private static String name(ServedService service, EndpointGroup group, int number) {
    String basis = service.uid() + group.ipv6() + group.ports() + number;
    UUID digest = UUID.nameUUIDFromBytes(basis.getBytes(StandardCharsets.UTF_8));
    long rest = digest.getMostSignificantBits() >>> 1;
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < SUFFIX_CHARS; i++) {
      suffix.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
      rest /= ALPHABET.length();
    }
    return service.name() + "-" + suffix;
  }
}
