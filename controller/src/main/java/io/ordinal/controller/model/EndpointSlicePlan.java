package io.ordinal.controller.model;

import java.util.List;

/** What a slice of a service's endpoints is to hold. */
public record EndpointSlicePlan(
    String name,
    boolean ipv6,
    List<EndpointGroup.Port> ports,
    List<EndpointGroup.Member> members) {}
