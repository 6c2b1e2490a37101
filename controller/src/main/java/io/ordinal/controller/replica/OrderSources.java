package io.ordinal.controller.replica;

import io.ordinal.controller.document.AccountVolume;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.network.PodAddresses;
import io.ordinal.controller.node.Lives.OrderIncomplete;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.View;
import io.ordinal.controller.volume.VolumeWorld;
import io.ordinal.protocol.id.ReplicaId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What an order is resolved from: ConfigMaps, Secrets and claims of one namespace, volumes, and the
 * address that the replica was given.
 */
interface OrderSources {
  Optional<ApiObject> configMap(String name);

  Optional<ApiObject> secret(String name);

  Optional<ApiObject> volume(String name);

  Optional<ApiObject> claim(String name);

  /** Whether a life is known to have had this volume. */
  boolean taken(String volume);

  /** Empty: its node chooses one. */
  Optional<String> address();

  /** As {@link PodCredentials#token}. */
  PodCredentials.Token token(ApiObject pod, String audience, Duration life);

  /** As {@link PodCredentials#authority}. */
  byte[] authority();

  /** As {@link PodCredentials#api}. */
  Optional<URI> api(ApiObject pod);

  /** As they stand in a view. Valid as long as the view. */
  static OrderSources in(View view, ReplicaId replica, PodCredentials credentials) {
    String namespace = replica.namespace();
    return new OrderSources() {
      @Override
      public Optional<ApiObject> configMap(String name) {
        return view.get(new ObjectKey(ReplicaRecords.CONFIG_MAPS, namespace, name))
            .map(ApiObject::of);
      }

      @Override
      public Optional<ApiObject> secret(String name) {
        return view.get(new ObjectKey(ReplicaRecords.SECRETS, namespace, name)).map(ApiObject::of);
      }

      @Override
      public Optional<ApiObject> volume(String name) {
        return view.get(VolumeWorld.volumeKey(name)).map(ApiObject::of);
      }

      @Override
      public Optional<ApiObject> claim(String name) {
        return view.get(VolumeWorld.claimKey(namespace, name)).map(ApiObject::of);
      }

      @Override
      public boolean taken(String volume) {
        return TakenVolumes.taken(view, volume);
      }

      @Override
      public Optional<String> address() {
        return PodAddresses.of(view, replica);
      }

      @Override
      public PodCredentials.Token token(ApiObject pod, String audience, Duration life) {
        return credentials.token(view, pod, audience, life);
      }

      @Override
      public byte[] authority() {
        return credentials.authority();
      }

      @Override
      public Optional<URI> api(ApiObject pod) {
        return credentials.api(view, pod);
      }
    };
  }

  /**
   * The entries of a ConfigMap; nothing when it is missing and may be.
   *
   * @throws OrderIncomplete when it is missing and must not be
   */
  default Optional<Map<String, byte[]>> configMapEntries(String name, boolean optional) {
    Optional<ApiObject> found = configMap(name);
    if (found.isEmpty() && name.equals(AccountVolume.AUTHORITY)) {
      return Optional.of(Map.of("ca.crt", authority()));
    }
    if (found.isEmpty() && !optional) {
      throw new OrderIncomplete("configmap \"" + name + "\" not found");
    }
    return found.map(
        object -> {
          Map<String, byte[]> entries = new TreeMap<>();
          object
              .tree()
              .path("data")
              .properties()
              .forEach(each -> entries.put(each.getKey(), utf8(each.getValue())));
          decoded(object.tree().path("binaryData"), entries);
          return entries;
        });
  }

  /** As {@link #configMapEntries}, for a Secret. */
  default Optional<Map<String, byte[]>> secretEntries(String name, boolean optional) {
    Optional<ApiObject> found = secret(name);
    if (found.isEmpty() && !optional) {
      throw new OrderIncomplete("secret \"" + name + "\" not found");
    }
    return found.map(
        object -> {
          Map<String, byte[]> entries = new TreeMap<>();
          decoded(object.tree().path("data"), entries);
          return entries;
        });
  }

  private static void decoded(JsonNode data, Map<String, byte[]> entries) {
    data.properties()
        .forEach(
            each ->
                entries.put(
                    each.getKey(), Base64.getMimeDecoder().decode(each.getValue().asString(""))));
  }

  private static byte[] utf8(JsonNode value) {
    return value.asString("").getBytes(StandardCharsets.UTF_8);
  }
}
