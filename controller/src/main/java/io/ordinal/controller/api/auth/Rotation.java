package io.ordinal.controller.api.auth;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.ResourceName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be made anew of that by which tokens are known.
 *
 * @param signingKey until when tokens of the present key are believed, if there is to be another
 * @param adminToken whether there is to be another token of the administrator's; the present one is
 *     void then
 */
public record Rotation(Optional<Instant> signingKey, boolean adminToken) {
  /** Of which one tells of each rotation. */
  public static final ResourceName EVENTS = new ResourceName("events");

  static final String NAMESPACE = "default"; // Of events about the cluster.
  private static final String COMPONENT = "ordinal";

  public Rotation {
    if (signingKey.isEmpty() && !adminToken) {
      throw new IllegalArgumentException("expected signingKey, adminToken or both, found neither");
    }
  }

  /**
   * Tells people of it.
   *
   * @param name of the event
   */
  ObjectNode event(String name, Instant now) {
    List<String> texts = new ArrayList<>();
    signingKey.ifPresent(
        until ->
            texts.add("another key signs tokens, those of the one before hold until " + until));
    if (adminToken) texts.add("the administrator has another token");
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    ObjectNode event = Json.object().put("kind", "Event").put("apiVersion", "v1");
    event
        .putObject("metadata")
        .put("name", name)
        .put("namespace", NAMESPACE)
        .put("uid", UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString())
        .put("creationTimestamp", time);
    event
        .putObject("involvedObject")
        .put("kind", "Namespace")
        .put("name", "kube-system")
        .put("apiVersion", "v1");
    event.put("reason", "TokensRotated").put("message", String.join("; ", texts));
    event.putObject("source").put("component", COMPONENT);
    event.put("firstTimestamp", time).put("lastTimestamp", time).put("count", 1);
    event.put("type", "Normal").putNull("eventTime");
    event.put("reportingComponent", COMPONENT).put("reportingInstance", "");
    return event;
  }
}
