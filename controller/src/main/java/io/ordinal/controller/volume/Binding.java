package io.ordinal.controller.volume;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Quantities;
import io.ordinal.protocol.id.NodeName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Decides what each claim of a pod gets: its bound volume, one that waits, a new one. Pure. */
public final class Binding {
  /** The provisioner that makes a directory on the node of the pod. */
  public static final String LOCAL_PROVISIONER = "ordinal.io/local";

  private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

  private Binding() {}

  /** What a claim gets. */
  public sealed interface Share {
    ApiObject claim();

    /** Bound already. */
    record Bound(ApiObject claim, ApiObject volume) implements Share {}

    /** A volume that an operator made and that nobody has. */
    record Found(ApiObject claim, ApiObject volume) implements Share {}

    /** A new one of this class, wherever the pod goes. */
    record New(ApiObject claim, ApiObject storageClass) implements Share {}

    /** A new, empty one in place of one whose node is lost. */
    record Rebuilt(ApiObject claim, ApiObject lost, ApiObject storageClass) implements Share {}
  }

  /** What a pod's claims get, or why it must wait. */
  public sealed interface Outlook {}

  /** All of them get something. */
  public record Clear(List<Share> shares) implements Outlook {
    /** Nodes that have all volumes that exist; empty when that does not matter. */
    public Optional<Set<NodeName>> nodes() {
      Optional<Set<NodeName>> found = Optional.empty();
      for (Share share : shares) {
        Optional<ApiObject> volume = existing(share);
        if (volume.isEmpty()) continue;
        Optional<NodeName> node = Binding.node(volume.get());
        if (node.isEmpty()) continue;
        Set<NodeName> only = new HashSet<>(Set.of(node.get()));
        found.ifPresent(only::retainAll);
        found = Optional.of(only);
      }
      return found;
    }

    /** Whether some volume is, or will be, on one node only, and is to wait for it when lost. */
    public boolean pinned(VolumeWorld world) {
      return shares.stream()
          .anyMatch(share -> local(share) && !NodeLoss.of(share.claim(), world).rebuild());
    }
  }

  /** In the words of Kubernetes' scheduler. */
  public record Wait(String message) implements Outlook {}

  /** Names of the claims that a pod mounts, each once. */
  public static List<String> claimsOf(ApiObject pod) {
    List<String> names = new ArrayList<>();
    for (JsonNode volume : pod.spec().path("volumes")) {
      String name = volume.path("persistentVolumeClaim").path("claimName").asString("");
      if (!name.isEmpty() && !names.contains(name)) names.add(name);
    }
    return names;
  }

  private static boolean local(Share share) {
    if (share instanceof Share.New fresh) return !SharedVolumes.isClass(fresh.storageClass());
    return existing(share).map(volume -> node(volume).isPresent()).orElse(true);
  }

  public static Outlook outlook(ApiObject pod, VolumeWorld world) {
    return outlook(pod, world, Losses.NONE);
  }

  /**
   * @param losses volumes that are given up
   */
  public static Outlook outlook(ApiObject pod, VolumeWorld world, Losses losses) {
    List<Share> shares = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (String name : claimsOf(pod)) {
      Optional<ApiObject> claim = world.claim(name);
      if (claim.isEmpty()) return new Wait("persistentvolumeclaim \"" + name + "\" not found");
      if (claim.get().deletionTimestamp().isPresent()) {
        return new Wait("persistentvolumeclaim \"" + name + "\" is being deleted");
      }
      Optional<Share> share =
          share(claim.get(), world, taken).map(each -> rebuilt(each, world, losses));
      if (share.isEmpty()) return waiting(claim.get(), world);
      Optional<String> refusal = refusal(share.get());
      if (refusal.isPresent()) return new Wait(refusal.get());
      existing(share.get()).ifPresent(volume -> taken.add(volume.name()));
      shares.add(share.get());
    }
    return new Clear(shares);
  }

  private static Optional<String> refusal(Share share) {
    if (share instanceof Share.New fresh) {
      return SharedVolumes.refusal(fresh.claim(), fresh.storageClass());
    }
    return existing(share).flatMap(volume -> SharedVolumes.refusalOf(share.claim(), volume));
  }

  private static Share rebuilt(Share share, VolumeWorld world, Losses losses) {
    if (!(share instanceof Share.Bound bound)) return share;
    Optional<ApiObject> storageClass = storageClass(bound.claim(), world).filter(Binding::isLocal);
    boolean ours = Provision.madeBy(LOCAL_PROVISIONER, bound.volume()) && storageClass.isPresent();
    return ours && losses.givesUp(bound.claim(), bound.volume())
        ? new Share.Rebuilt(bound.claim(), bound.volume(), storageClass.get())
        : share;
  }

  private static boolean isLocal(ApiObject storageClass) {
    return storageClass.tree().path("provisioner").asString("").equals(LOCAL_PROVISIONER);
  }

  private static Optional<Share> share(ApiObject claim, VolumeWorld world, Set<String> taken) {
    String volumeName = claim.spec().path("volumeName").asString("");
    if (!volumeName.isEmpty()) {
      return world
          .volume(volumeName)
          .filter(volume -> usableBy(claim, volume))
          .map(
              volume ->
                  refersTo(volume, claim)
                      ? new Share.Bound(claim, volume)
                      : new Share.Found(claim, volume));
    }
    Optional<ApiObject> storageClass = storageClass(claim, world);
    boolean provisioned =
        storageClass.filter(each -> isLocal(each) || SharedVolumes.isClass(each)).isPresent();
    if (provisioned) return Optional.of(new Share.New(claim, storageClass.get()));
    return world.volumes().stream()
        .filter(volume -> !taken.contains(volume.name()) && matches(claim, volume))
        .min(
            Comparator.comparing((ApiObject volume) -> capacity(volume))
                .thenComparing(ApiObject::name))
        .map(volume -> new Share.Found(claim, volume));
  }

  /** Whether there is a volume for the claim, or a class that makes one. */
  static boolean finds(ApiObject claim, VolumeWorld world) {
    return share(claim, world, Set.of()).isPresent();
  }

  private static Wait waiting(ApiObject claim, VolumeWorld world) {
    String name = claim.name();
    String volumeName = claim.spec().path("volumeName").asString("");
    if (!volumeName.isEmpty()) {
      return new Wait(
          "persistentvolumeclaim \""
              + name
              + "\" bound to non-existent or unusable"
              + " persistentvolume \""
              + volumeName
              + "\"");
    }
    String wanted = className(claim);
    if (!wanted.isEmpty() && storageClass(claim, world).isEmpty()) {
      return new Wait(
          "persistentvolumeclaim \""
              + name
              + "\": storageclass.storage.k8s.io \""
              + wanted
              + "\" not found");
    }
    return new Wait("pod has unbound immediate PersistentVolumeClaims: \"" + name + "\"");
  }

  /** The class that the claim names; a claim that names none at all takes the default one. */
  static Optional<ApiObject> storageClass(ApiObject claim, VolumeWorld world) {
    if (claim.spec().has("storageClassName") || claim.annotations().containsKey(OLD_CLASS)) {
      String name = className(claim);
      return world.classes().stream().filter(each -> each.name().equals(name)).findFirst();
    }
    return world.classes().stream()
        .filter(each -> "true".equals(each.annotations().get(DEFAULT_CLASS)))
        .max(Comparator.comparing(each -> each.metadata().path("creationTimestamp").asString("")));
  }

  private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

  static String className(ApiObject claim) {
    return claim
        .spec()
        .path("storageClassName")
        .asString(claim.annotations().getOrDefault(OLD_CLASS, ""));
  }

  private static boolean matches(ApiObject claim, ApiObject volume) {
    boolean sized =
        capacity(volume)
                .compareTo(bytes(claim.spec().path("resources").path("requests").path("storage")))
            >= 0;
    boolean sameClass =
        volume.spec().path("storageClassName").asString("").equals(className(claim));
    return sized && sameClass && usableBy(claim, volume) && modes(volume).containsAll(modes(claim));
  }

  private static boolean usableBy(ApiObject claim, ApiObject volume) {
    JsonNode reference = volume.spec().path("claimRef");
    // As long as its claim is there, what somebody asked to delete is used on.
    if (volume.deletionTimestamp().isPresent()) return refersTo(volume, claim);
    if (volume.status().path("phase").asString("").equals("Released")) return false;
    if (reference.path("name").asString("").isEmpty()) return true;
    boolean named =
        reference.path("name").asString("").equals(claim.name())
            && reference.path("namespace").asString("").equals(claim.namespace());
    String uid = reference.path("uid").asString("");
    return named && (uid.isEmpty() || uid.equals(claim.uid()));
  }

  private static boolean refersTo(ApiObject volume, ApiObject claim) {
    boolean phase = claim.status().path("phase").asString("").equals("Bound");
    return phase && volume.spec().path("claimRef").path("uid").asString("").equals(claim.uid());
  }

  private static Set<String> modes(ApiObject object) {
    Set<String> modes = new HashSet<>();
    object.spec().path("accessModes").forEach(each -> modes.add(each.asString("")));
    return modes;
  }

  private static BigDecimal capacity(ApiObject volume) {
    return bytes(volume.spec().path("capacity").path("storage"));
  }

  /** What is no quantity counts as nothing: validation is not done here. */
  private static BigDecimal bytes(JsonNode quantity) {
    return Quantities.parse(quantity).orElse(BigDecimal.ZERO);
  }

  static Optional<ApiObject> existing(Share share) {
    if (share instanceof Share.Bound bound) return Optional.of(bound.volume());
    if (share instanceof Share.Found found) return Optional.of(found.volume());
    return Optional.empty();
  }

  /** The one node whose volume this is, by the required node affinity on the host name. */
  public static Optional<NodeName> node(ApiObject volume) {
    JsonNode terms = volume.spec().path("nodeAffinity").path("required").path("nodeSelectorTerms");
    for (JsonNode term : terms) {
      for (JsonNode expression : term.path("matchExpressions")) {
        boolean host = expression.path("key").asString("").equals("kubernetes.io/hostname");
        JsonNode values = expression.path("values");
        if (host && values.size() == 1) {
          return Optional.of(new NodeName(values.get(0).asString("")));
        }
      }
    }
    return Optional.empty();
  }
}
