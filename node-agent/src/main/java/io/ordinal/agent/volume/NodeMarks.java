package io.ordinal.agent.volume;

import io.ordinal.agent.disk.FileTree;
import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.VolumeOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Which lives have the claimed volumes of this node: {@code PV/data} with the mark {@code
 * PV/owner}. One change at a time, so that of two lives the later one has it. Blocks.
 */
final class NodeMarks {
  private static final String CLAIMED_MODE = "rwxr-xr-x";
  private static final String PRIVATE_MODE = "rwx------";

  private final Path claimed;
  private final int rememberedLives;

  NodeMarks(Path claimed, int rememberedLives) {
    this.claimed = claimed;
    this.rememberedLives = rememberedLives;
  }

  /** Where every node sees it, marks of its own count: see {@link SharedVolume}. */
  static boolean isShared(VolumeOrder.Claimed volume) {
    return volume.storage() instanceof VolumeOrder.Shared;
  }

  /** Whether this very life has it already. */
  synchronized boolean holds(VolumeOrder.Claimed volume, LifeOrder order) throws IOException {
    return Files.exists(markOf(volume))
        && OwnerFile.local(markOf(volume)).read().holds(order.replica(), order.incarnation());
  }

  /** Makes the life the owner of a volume that only this node sees. */
  synchronized Path take(VolumeOrder.Claimed volume, String home, LifeOrder order)
      throws IOException {
    Path data = dataOf(volume);
    mustNotBeLost(volume, home, order, data);
    return mark(volume, order, data);
  }

  /** A directory that went with another state of this node is not made anew: its data is lost. */
  private static void mustNotBeLost(
      VolumeOrder.Claimed volume, String home, LifeOrder order, Path data) {
    String own = order.session().stateUuid().toString();
    boolean mayBeNew = home.isEmpty() || home.equals(own);
    if (mayBeNew || Files.isDirectory(data)) return;
    throw refused(
        String.format(
            "volume %s was made on a node with state %s; this node has state %s and no directory"
                + " %s: its disk was wiped or replaced, and the volume's data is not here. Restore"
                + " the directory at %s, or give the volume up: delete claim %s and this pod, or"
                + " annotate the claim ordinal.io/on-node-loss: Rebuild, which counts only while"
                + " this node is lost",
            volume.volume(), home, own, data, data, volume.claim()));
  }

  /** Notes the owner of a directory that is there, or that may be made here. */
  synchronized Path mark(VolumeOrder.Claimed volume, LifeOrder order, Path data)
      throws IOException {
    VolumeFiles.directory(claimed, PRIVATE_MODE);
    VolumeFiles.directory(markOf(volume).getParent(), CLAIMED_MODE);
    if (volume.storage().path().isEmpty()) VolumeFiles.directory(data, CLAIMED_MODE);
    if (!Files.isDirectory(data)) throw refused("this machine has no directory " + data);
    OwnerFile file = ownerFile(volume, data);
    OwnerMark mark = file.read();
    OwnerMark taken =
        mark.taken(order.replica(), order.incarnation(), rememberedLives)
            .orElseThrow(
                () ->
                    refused(
                        String.format(
                            "volume %s belongs to incarnation %d of %s; %s is older and must not"
                                + " write to it",
                            volume.volume(),
                            mark.floor(order.replica()),
                            mark.floor(order.replica()) == mark.elsewhere()
                                ? "another machine"
                                : order.replica(),
                            order.incarnation())));
    if (!taken.equals(mark)) file.write(taken); // Before anybody can write to the volume.
    return data;
  }

  /** No process of the life exists any more. */
  synchronized void leave(VolumeOrder.Claimed volume, LifeOrder order) throws IOException {
    if (!Files.exists(markOf(volume))) return;
    OwnerFile file = ownerFile(volume, dataOf(volume));
    file.write(file.read().left(order.replica(), order.incarnation()));
  }

  /** Shared ones carry marks of their own: see {@link SharedVolume}. */
  private OwnerFile ownerFile(VolumeOrder.Claimed volume, Path data) {
    Path mark = markOf(volume);
    return isShared(volume) ? OwnerFile.local(mark) : new OwnerFile(mark, data);
  }

  private Path dataOf(VolumeOrder.Claimed volume) {
    String path = volume.storage().path();
    if (!path.isEmpty()) return Path.of(path);
    return VolumeFiles.inside(claimed, volume.volume()).resolve("data");
  }

  private Path markOf(VolumeOrder.Claimed volume) {
    return VolumeFiles.inside(claimed, volume.volume()).resolve("owner");
  }

  /**
   * Moves all of a volume to where it can be removed, if it is here.
   *
   * @param gone bears its name
   */
  synchronized void setAside(Path gone) throws IOException {
    Path directory = claimed.resolve(gone.getFileName());
    if (!Files.exists(directory)) return;
    VolumeFiles.directory(gone.getParent(), PRIVATE_MODE);
    FileTree.remove(gone);
    Files.move(directory, gone, StandardCopyOption.ATOMIC_MOVE);
  }

  private static LaunchRefused refused(String message) {
    return new LaunchRefused(VolumeFiles.FAILED, message);
  }
}
