package io.ordinal.controller.model;

import java.util.Comparator;
import java.util.List;

/** Pods behind a service that are reached at the same ports, in the order of their addresses. */
public record EndpointGroup(boolean ipv6, List<Port> ports, List<Member> members) {
  /** A port as it is on the pods. */
  public record Port(String name, String protocol, int number, String appProtocol) {}

  /**
   * A pod and how it stands to the service.
   *
   * @param ready whether it is to be given new work
   */
  public record Member(ServedPod pod, boolean ready) {
    /** Pods by address, and those of one address by uid: the same for everybody who looks. */
    public static final Comparator<Member> ORDER =
        Comparator.comparing((Member each) -> each.pod().address())
            .thenComparing(each -> each.pod().uid());
  }
}
