package io.ordinal.controller.volume;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.protocol.id.Incarnation;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Volumes that are directories which every node sees under the same path. What keeps an earlier
 * owner from writing is the parameter {@code fencing} of their class: the lease alone, or a program
 * of the operator's that must succeed before the next owner mounts. Pure.
 */
public final class SharedVolumes {
  /** The provisioner, and the driver of the volumes' source. */
  public static final String PROVISIONER = "ordinal.io/shared";

  public static final String PATH = "path";
  public static final String FENCING = "fencing";
  public static final String HOOK = "hook";

  /** Of a volume: incarnation of the life that it was made or first bound with. */
  static final String FIRST_LIFE = "ordinal.io/first-life";

  private static final Optional<String> NONE = Optional.empty();

  private SharedVolumes() {}

  static boolean isClass(ApiObject storageClass) {
    return storageClass.tree().path("provisioner").asString("").equals(PROVISIONER);
  }

  /** Whether this PersistentVolume is one. */
  public static boolean is(ApiObject volume) {
    return volume.spec().path("csi").path("driver").asString("").equals(PROVISIONER);
  }

  /** Where it stands on every node. */
  public static String path(ApiObject volume) {
    return attributes(volume).path(PATH).asString("");
  }

  /** Whether what a claim gets is one. */
  public static boolean isOf(Binding.Share share) {
    if (share instanceof Binding.Share.New fresh) return isClass(fresh.storageClass());
    return Binding.existing(share).filter(SharedVolumes::is).isPresent();
  }

  /**
   * Whether nobody had the volume before this life: it is the first, or those before it were lost
   * before they ran anything.
   *
   * @param taken whether a life is known to have had it
   */
  public static boolean mayBeNew(ApiObject volume, Incarnation life, boolean taken) {
    String first = volume.annotations().get(FIRST_LIFE);
    return life.toString().equals(first) || first != null && !taken;
  }

  /**
   * Whether pods on several nodes may have the claim's volume at once. Otherwise it is of one node
   * at a time.
   */
  public static boolean forSeveral(ApiObject claim) {
    for (JsonNode mode : claim.spec().path("accessModes")) {
      if (mode.asString("").endsWith("Many")) return true;
    }
    return false;
  }

  /** The program that must succeed before another node takes it over, or empty. */
  public static String hook(ApiObject volume) {
    boolean hooked = attributes(volume).path(FENCING).asString("").equals(HOOK);
    return hooked ? attributes(volume).path(HOOK).asString("") : "";
  }

  /**
   * Why a claim cannot have a volume of such a class: a hook fences one owner to let in another.
   */
  static Optional<String> refusal(ApiObject claim, ApiObject storageClass) {
    boolean hooked = storageClass.tree().at("/parameters/fencing").asString("").equals(HOOK);
    return isClass(storageClass) && hooked ? refusedToSeveral(claim, storageClass.name()) : NONE;
  }

  /** The same of a volume that exists. */
  static Optional<String> refusalOf(ApiObject claim, ApiObject volume) {
    String name = volume.spec().path("storageClassName").asString("");
    return is(volume) && !hook(volume).isEmpty() ? refusedToSeveral(claim, name) : NONE;
  }

  private static Optional<String> refusedToSeveral(ApiObject claim, String storageClass) {
    for (JsonNode mode : claim.spec().path("accessModes")) {
      String word = mode.asString("");
      if (!word.endsWith("Many")) continue;
      return Optional.of(
          "persistentvolumeclaim \"%s\": %s is not possible with storageclass \"%s\": its hook"
                  .formatted(claim.name(), word, storageClass)
              + " keeps everybody but the last owner from writing; use ReadWriteOnce, or a class"
              + " with fencing: lease");
    }
    return NONE;
  }

  /** The source of a new volume of this class. */
  static void source(ObjectNode spec, ApiObject storageClass, String volume) {
    JsonNode parameters = storageClass.tree().path("parameters");
    ObjectNode csi = spec.putObject("csi");
    csi.put("driver", PROVISIONER).put("volumeHandle", volume);
    ObjectNode attributes = csi.putObject("volumeAttributes");
    String parent = parameters.path(PATH).asString("").replaceFirst("/+$", "");
    attributes.put(PATH, parent + "/" + volume);
    String fencing = parameters.path(FENCING).asString("lease");
    attributes.put(FENCING, fencing);
    if (fencing.equals(HOOK)) attributes.put(HOOK, parameters.path(HOOK).asString(""));
  }

  private static JsonNode attributes(ApiObject volume) {
    return volume.spec().path("csi").path("volumeAttributes");
  }
}
