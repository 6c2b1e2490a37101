package io.ordinal.protocol.agent;

import java.util.List;
import java.util.Optional;

/**
 * One container of a life.
 *
 * @param image names an entry of the node's image catalogue
 * @param command replaces the image's entry point when not empty; {@code $(NAME)} refers to env
 * @param args replaces the image's arguments when not empty
 * @param workingDir empty for the image's
 */
public record ContainerOrder(
    String name,
    String image,
    List<String> command,
    List<String> args,
    String workingDir,
    List<EnvOrder> env,
    List<MountOrder> mounts,
    Optional<ProbeOrder> startup,
    Optional<ProbeOrder> readiness,
    Optional<ProbeOrder> liveness,
    Optional<ProbeOrder.Check> postStart,
    Optional<ProbeOrder.Check> preStop) {

  /** An environment variable; later ones win and may refer to earlier ones with {@code $(NAME)}. */
  public sealed interface EnvOrder {
    String name();

    record Value(String name, String value) implements EnvOrder {}

    /**
     * A field that only the node knows or that is cheap to tell there: status.podIP, status.hostIP,
     * spec.nodeName.
     */
    record Field(String name, String fieldPath) implements EnvOrder {}
  }

  /**
   * Where a volume is to stand.
   *
   * @param volume {@link VolumeOrder#name()}
   * @param mountPath absolute
   * @param subPath relative path inside the volume, or empty
   */
  public record MountOrder(String volume, String mountPath, String subPath, boolean readOnly) {}
}
