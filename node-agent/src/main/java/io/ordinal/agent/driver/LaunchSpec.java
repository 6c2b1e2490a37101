package io.ordinal.agent.driver;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything a driver needs to start one run.
 *
 * @param image name of an entry of the image catalogue
 * @param command as in the pod; empty for the image's. {@code $(NAME)} is expanded by the driver
 *     from env
 * @param args as in the pod; empty for the image's (unless command is given)
 * @param env complete, in order, without the ORDINAL_ variables that the driver itself adds
 * @param fenced the launcher must end the run by itself once the deadline in the node's deadline
 *     file has passed
 * @param set name of the owning set, or empty for a bare pod: ORDINAL_SET
 * @param ordinal in the set, or -1 for a bare pod: ORDINAL_ORDINAL
 * @param address the pod's address, handed to the process as ORDINAL_ADDRESS
 */
public record LaunchSpec(
    ContainerRun run,
    String podUid,
    boolean fenced,
    String hostname,
    String set,
    int ordinal,
    String address,
    String image,
    List<String> command,
    List<String> args,
    String workingDir,
    Map<String, String> env,
    List<Mount> mounts) {

  /**
   * @param volume its name in the pod: the process also finds {@code source} in
   *     ORDINAL_VOLUME_(NAME)
   * @param source directory or file on the machine, with any subPath resolved
   */
  public record Mount(String volume, Path source, String mountPath, boolean readOnly) {}
}
