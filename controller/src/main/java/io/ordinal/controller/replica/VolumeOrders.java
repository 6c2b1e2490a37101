package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.node.Lives.OrderIncomplete;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.volume.Provision;
import io.ordinal.controller.volume.SharedVolumes;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.id.Incarnation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Resolves {@code spec.volumes} for the node. Pure. */
final class VolumeOrders {
  private static final int READABLE = 0644;

  // As in Kubernetes.
  private static final long TOKEN_SECONDS = 3600;
  private static final int RENEWED_AT_PERCENT = 80;

  private final ApiObject pod;
  private final Map<String, ClaimBinding> claims;
  private final Incarnation life;
  private final OrderSources sources;

  VolumeOrders(Placed placed, OrderSources sources) {
    this.pod = placed.life().pod().object();
    this.claims = placed.claims();
    this.life = placed.incarnation();
    this.sources = sources;
  }

  /**
   * The files that must be made anew in time, and no others: those stay as they were when the pod
   * began, also when what they were made of is gone.
   */
  List<VolumeOrder.Files> aging() {
    List<VolumeOrder.Files> found = new ArrayList<>();
    for (JsonNode volume : pod.spec().path("volumes")) {
      JsonNode source = volume.path("projected");
      Map<String, byte[]> files = new TreeMap<>();
      Duration renewal = tokens(source.path("sources"), files);
      if (files.isEmpty()) continue;
      found.add(files(volume.path("name").asString(""), source, files, renewal));
    }
    return found;
  }

  List<VolumeOrder> all() {
    List<VolumeOrder> orders = new ArrayList<>();
    for (JsonNode volume : pod.spec().path("volumes")) orders.add(order(volume));
    return orders;
  }

  List<Lack> lacks() {
    List<Lack> found = new ArrayList<>();
    for (JsonNode volume : pod.spec().path("volumes")) {
      Lack.of(() -> order(volume))
          .map(text -> Lack.ofVolume(volume.path("name").asString(""), text))
          .ifPresent(found::add);
    }
    return found;
  }

  private VolumeOrder order(JsonNode volume) {
    String name = volume.path("name").asString("");
    if (volume.has("persistentVolumeClaim")) return claimed(name, volume);
    if (volume.has("emptyDir")) return new VolumeOrder.Empty(name);
    if (volume.has("hostPath")) {
      return new VolumeOrder.Host(name, volume.path("hostPath").path("path").asString(""));
    }
    for (String kind : List.of("configMap", "secret", "downwardAPI", "projected")) {
      JsonNode source = volume.path(kind);
      if (source.isMissingNode()) continue;
      Map<String, byte[]> files = new TreeMap<>();
      Duration renewal = Duration.ZERO;
      if (kind.equals("projected")) {
        renewal = projected(source.path("sources"), files);
      } else {
        files(kind, source, files);
      }
      return files(name, source, files, renewal);
    }
    boolean nothing = volume.size() == 1;
    if (nothing) return new VolumeOrder.Empty(name);
    throw new OrderIncomplete("volume \"" + name + "\" is of a kind that is not supported");
  }

  private static VolumeOrder.Files files(
      String name, JsonNode source, Map<String, byte[]> files, Duration renewal) {
    int mode = source.path("defaultMode").asInt(READABLE);
    return new VolumeOrder.Files(name, files, mode, renewal);
  }

  private VolumeOrder claimed(String name, JsonNode volume) {
    JsonNode source = volume.path("persistentVolumeClaim");
    String claim = source.path("claimName").asString("");
    ClaimBinding binding =
        Optional.ofNullable(claims.get(claim))
            .orElseThrow(
                () -> new OrderIncomplete("persistentvolumeclaim \"" + claim + "\" is not bound"));
    ApiObject persistent =
        sources
            .volume(binding.volume())
            .orElseThrow(
                () ->
                    new OrderIncomplete("persistentvolume \"" + binding.volume() + "\" not found"));
    boolean readOnly = source.path("readOnly").asBoolean(false);
    VolumeOrder.Storage storage =
        SharedVolumes.is(persistent)
            ? new VolumeOrder.Shared(
                SharedVolumes.path(persistent),
                SharedVolumes.hook(persistent),
                SharedVolumes.mayBeNew(persistent, life, sources.taken(binding.volume())),
                sources.claim(claim).filter(SharedVolumes::forSeveral).isPresent())
            : new VolumeOrder.Local(path(persistent.spec()), Provision.home(persistent));
    return new VolumeOrder.Claimed(name, binding.volume(), claim, readOnly, storage);
  }

  private static String path(JsonNode spec) {
    return spec.path("local")
        .path("path")
        .asString(spec.path("hostPath").path("path").asString(""));
  }

  /** As {@link #tokens}. */
  private Duration projected(JsonNode parts, Map<String, byte[]> files) {
    for (JsonNode source : parts) {
      for (String kind : List.of("configMap", "secret", "downwardAPI")) {
        if (source.has(kind)) files(kind, source.path(kind), files);
      }
    }
    return tokens(parts, files);
  }

  /** Answers after which time the files must be made anew, or zero for never. */
  private Duration tokens(JsonNode parts, Map<String, byte[]> files) {
    Duration renewal = Duration.ZERO;
    for (JsonNode source : parts) {
      if (!source.has("serviceAccountToken")) continue;
      Duration before = token(source.path("serviceAccountToken"), files);
      boolean first = renewal.isZero() || before.compareTo(renewal) < 0;
      if (first) renewal = before;
    }
    return renewal;
  }

  private Duration token(JsonNode source, Map<String, byte[]> files) {
    PodCredentials.Token token =
        sources.token(
            pod,
            source.path("audience").asString(""),
            Duration.ofSeconds(source.path("expirationSeconds").asLong(TOKEN_SECONDS)));
    byte[] text = token.text().getBytes(StandardCharsets.UTF_8);
    files.put(source.path("path").asString("token"), text);
    return token.life().multipliedBy(RENEWED_AT_PERCENT).dividedBy(100);
  }

  private void files(String kind, JsonNode source, Map<String, byte[]> files) {
    if (kind.equals("downwardAPI")) {
      downward(source, files);
      return;
    }
    boolean optional = source.path("optional").asBoolean(false);
    String name = source.path("name").asString(source.path("secretName").asString(""));
    Optional<Map<String, byte[]>> entries =
        kind.equals("secret")
            ? sources.secretEntries(name, optional)
            : sources.configMapEntries(name, optional);
    if (entries.isEmpty()) return;
    JsonNode items = source.path("items");
    if (items.isEmpty()) files.putAll(entries.get());
    for (JsonNode item : items) {
      String key = item.path("key").asString("");
      byte[] value = entries.get().get(key);
      if (value != null) files.put(item.path("path").asString(key), value);
      else if (!optional) {
        String what = kind.equals("secret") ? "references" : "configmap references";
        String sort = kind.equals("secret") ? "secret" : "config";
        throw new OrderIncomplete("%s non-existent %s key: %s".formatted(what, sort, key));
      }
    }
  }

  private void downward(JsonNode source, Map<String, byte[]> files) {
    for (JsonNode item : source.path("items")) {
      String field = item.path("fieldRef").path("fieldPath").asString("");
      String text = PodFields.text(pod, field).orElse("");
      files.put(item.path("path").asString(""), text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
