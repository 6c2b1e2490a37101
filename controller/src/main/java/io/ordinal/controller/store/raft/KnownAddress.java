package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.StoreMoved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;

/** Where the others look for a member, by the newest configuration that it keeps in its files. */
final class KnownAddress {
  private KnownAddress() {}

  /** The members; empty before the first start. */
  static Optional<List<RaftPeerProto>> peers(Path storage, StoreIdentity identity)
      throws IOException {
    Path place = storage.resolve(identity.group().toString());
    Path file = place.resolve("current").resolve("raft-meta.conf");
    if (!Files.exists(file)) return Optional.empty();
    LogEntryProto entry = LogEntryProto.parseFrom(Files.readAllBytes(file));
    return Optional.of(entry.getConfigurationEntry().getPeersList());
  }

  /**
   * A group of one may begin anywhere: nobody looks for it. A member of several that begins where
   * the others do not look would never hear of them, and they never of it.
   *
   * @throws StoreMoved then
   */
  static void require(StoreSettings.Endpoint endpoint, Path storage, StoreIdentity identity)
      throws IOException {
    List<RaftPeerProto> peers = peers(storage, identity).orElse(List.of());
    boolean anyPort = endpoint.port() == 0;
    if (peers.size() < 2 || anyPort) return;
    String here = endpoint.address() + ":" + endpoint.port();
    for (RaftPeerProto peer : peers) {
      boolean self = peer.getId().toStringUtf8().equals(identity.member().toString());
      if (self && !peer.getAddress().equals(here)) throw moved(peer.getAddress(), here);
    }
  }

  private static StoreMoved moved(String known, String here) {
    return new StoreMoved(
        "the other controllers look for this one's copy of the store at "
            + known
            + ", but it is configured for "
            + here
            + " (ordinal.store.address, which is ordinal.member.address by default, and"
            + " ordinal.store.port): set these back; or to move for good, remove this controller"
            + " on another one (ordinal controllers remove), and join with an empty data directory");
  }
}
