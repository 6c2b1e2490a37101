package io.ordinal.bench;

import io.ordinal.tests.hosts.Api;
import io.ordinal.tests.hosts.Objects;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** When a client was told that nodes fell silent. */
final class NodeWatch implements AutoCloseable {
  private final Map<String, Long> silentSince = new HashMap<>();
  private final Following following;

  NodeWatch(List<Api> apis) {
    this.following = new Following(apis, "/api/v1/nodes?watch=1", this::take);
  }

  private synchronized void take(JsonNode event) {
    JsonNode node = event.path("object");
    if (Objects.ready(node)) silentSince.remove(Objects.name(node));
    else silentSince.putIfAbsent(Objects.name(node), System.nanoTime());
  }

  /** The nanoTime at which it was first said not to be ready; empty while it is. */
  synchronized OptionalLong silentSince(String node) {
    Long since = silentSince.get(node);
    return since == null ? OptionalLong.empty() : OptionalLong.of(since);
  }

  @Override
  public void close() {
    following.close();
  }
}
