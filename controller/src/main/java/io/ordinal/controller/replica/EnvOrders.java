package io.ordinal.controller.replica;

import io.ordinal.controller.document.AccountVolume;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.node.Lives.OrderIncomplete;
import io.ordinal.protocol.agent.ContainerOrder.EnvOrder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Resolves {@code envFrom} and {@code env} of a container. Pure. */
final class EnvOrders {
  private static final String ENV_NAME = "[-._a-zA-Z][-._a-zA-Z0-9]*";

  private static final int HTTPS = 443;

  private final ApiObject pod;
  private final OrderSources sources;

  EnvOrders(ApiObject pod, OrderSources sources) {
    this.pod = pod;
    this.sources = sources;
  }

  List<EnvOrder> of(JsonNode container) {
    List<EnvOrder> orders = new ArrayList<>();
    if (AccountVolume.isMounted(container)) sources.api(pod).ifPresent(it -> api(it, orders));
    for (JsonNode each : container.path("envFrom")) from(each, orders);
    for (JsonNode each : container.path("env")) {
      String name = each.path("name").asString("");
      if (each.has("valueFrom")) {
        resolved(name, each.path("valueFrom")).ifPresent(orders::add);
      } else {
        orders.add(new EnvOrder.Value(name, each.path("value").asString("")));
      }
    }
    return orders;
  }

  /** Where programs that were written for Kubernetes look for the API. */
  private static void api(URI place, List<EnvOrder> orders) {
    if (place.getHost() == null) return; // A URI has none that is no host name, as my_host.
    String host = place.getHost().replaceAll("[\\[\\]]", ""); // Of an IPv6 address.
    String port = Integer.toString(place.getPort() < 0 ? HTTPS : place.getPort());
    orders.add(new EnvOrder.Value("KUBERNETES_SERVICE_HOST", host));
    orders.add(new EnvOrder.Value("KUBERNETES_SERVICE_PORT", port));
    orders.add(new EnvOrder.Value("KUBERNETES_SERVICE_PORT_HTTPS", port));
  }

  /** Keys that cannot be names of variables are left out, as Kubernetes does. */
  private void from(JsonNode source, List<EnvOrder> orders) {
    String prefix = source.path("prefix").asString("");
    boolean secret = source.has("secretRef");
    JsonNode reference = source.path(secret ? "secretRef" : "configMapRef");
    entries(secret, reference)
        .ifPresent(
            entries ->
                entries.forEach(
                    (key, value) -> {
                      String name = prefix + key;
                      if (name.matches(ENV_NAME)) {
                        orders.add(new EnvOrder.Value(name, text(value)));
                      }
                    }));
  }

  private Optional<EnvOrder> resolved(String name, JsonNode source) {
    if (source.has("fieldRef")) {
      String path = source.path("fieldRef").path("fieldPath").asString("");
      if (PodFields.OF_NODE.contains(path)) return Optional.of(new EnvOrder.Field(name, path));
      return PodFields.text(pod, path).map(text -> new EnvOrder.Value(name, text));
    }
    boolean secret = source.has("secretKeyRef");
    if (!secret && !source.has("configMapKeyRef")) return Optional.empty();
    JsonNode reference = source.path(secret ? "secretKeyRef" : "configMapKeyRef");
    String key = reference.path("key").asString("");
    Optional<byte[]> value = entries(secret, reference).map(entries -> entries.get(key));
    if (value.isEmpty() && !reference.path("optional").asBoolean(false)) {
      throw new OrderIncomplete(
          "couldn't find key "
              + key
              + " in "
              + (secret ? "Secret " : "ConfigMap ")
              + pod.namespace()
              + "/"
              + reference.path("name").asString(""));
    }
    return value.map(found -> new EnvOrder.Value(name, text(found)));
  }

  private Optional<Map<String, byte[]>> entries(boolean secret, JsonNode reference) {
    String name = reference.path("name").asString("");
    boolean optional = reference.path("optional").asBoolean(false);
    return secret
        ? sources.secretEntries(name, optional)
        : sources.configMapEntries(name, optional);
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }
}
