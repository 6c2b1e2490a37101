package io.ordinal.controller.document;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The volume in which a pod's containers find the token of its service account, where programs that
 * were written for Kubernetes look for it. Pure.
 */
public final class AccountVolume {
  /** Where it stands in each container. */
  public static final String PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

  /** The ConfigMap with the cluster's authority, which is in every namespace without being made. */
  public static final String AUTHORITY = "kube-root-ca.crt";

  /** Account of pods that name none. */
  public static final String DEFAULT = "default";

  private static final String AUTOMOUNT = "automountServiceAccountToken";
  private static final int USUAL_SECONDS = 3607; // As Kubernetes asks: by this it knows its own.
  private static final int MODE = 0644;
  private static final int SUFFIX = 5;

  private AccountVolume() {}

  /** The account that a pod runs as. */
  public static String accountOf(JsonNode pod) {
    JsonNode spec = pod.path("spec");
    String named = spec.path("serviceAccountName").asString("");
    if (named.isEmpty()) named = spec.path("serviceAccount").asString("");
    return named.isEmpty() ? DEFAULT : named;
  }

  /** Why there is no pod without its account, in the words of Kubernetes. */
  public static String missing(String namespace, String account) {
    return "error looking up service account %s/%s: serviceaccount \"%s\" not found"
        .formatted(namespace, account, account);
  }

  /**
   * Gives a pod that is to be made the volume, unless the pod or else its account says no. Where
   * neither says anything, a pod gets it that names an account of its own: unlike in Kubernetes not
   * every database holds a key to the API.
   *
   * @param pod changed
   * @param account the one it runs as
   */
  public static void mount(ObjectNode pod, ApiObject account) {
    if (!(pod.path("spec") instanceof ObjectNode spec)) return;
    JsonNode asked = spec.path(AUTOMOUNT);
    if (!asked.isBoolean()) asked = account.tree().path(AUTOMOUNT);
    boolean wanted = asked.isBoolean() ? asked.asBoolean() : !account.name().equals(DEFAULT);
    if (!wanted) return;
    String name = name(pod.path("metadata"));
    boolean used = false;
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode each : spec.path(list)) {
        if (!(each instanceof ObjectNode container) || isMounted(container)) continue;
        container
            .withArrayProperty("volumeMounts")
            .addObject()
            .put("mountPath", PATH)
            .put("name", name)
            .put("readOnly", true);
        used = true;
      }
    }
    if (used && !isThere(spec, name)) spec.withArrayProperty("volumes").add(volume(name));
  }

  /** As in a manifest that was read from this very pod. */
  private static boolean isThere(JsonNode spec, String name) {
    for (JsonNode each : spec.path("volumes")) {
      if (each.path("name").asString("").equals(name)) return true;
    }
    return false;
  }

  /** Whether something stands where the container looks for the token. */
  public static boolean isMounted(JsonNode container) {
    for (JsonNode mount : container.path("volumeMounts")) {
      if (mount.path("mountPath").asString("").equals(PATH)) return true;
    }
    return false;
  }

  /** The same each time the pod is made. */
  private static String name(JsonNode metadata) {
    String unique =
        metadata.path("namespace").asString("") + "/" + metadata.path("name").asString("");
    String hash = UUID.nameUUIDFromBytes(unique.getBytes(StandardCharsets.UTF_8)).toString();
    return "kube-api-access-" + hash.substring(0, SUFFIX);
  }

  private static ObjectNode volume(String name) {
    ObjectNode volume = Json.object().put("name", name);
    ObjectNode projected = volume.putObject("projected").put("defaultMode", MODE);
    var sources = projected.putArray("sources");
    sources
        .addObject()
        .putObject("serviceAccountToken")
        .put("expirationSeconds", USUAL_SECONDS)
        .put("path", "token");
    ObjectNode authority = sources.addObject().putObject("configMap");
    authority.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
    authority.put("name", AUTHORITY);
    ObjectNode item = sources.addObject().putObject("downwardAPI").putArray("items").addObject();
    item.putObject("fieldRef").put("apiVersion", "v1").put("fieldPath", "metadata.namespace");
    item.put("path", "namespace");
    return volume;
  }
}
