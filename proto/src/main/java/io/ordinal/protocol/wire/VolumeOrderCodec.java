package io.ordinal.protocol.wire;

import com.google.protobuf.ByteString;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.wire.v1.ClaimedWire;
import io.ordinal.protocol.wire.v1.EmptyWire;
import io.ordinal.protocol.wire.v1.FilesWire;
import io.ordinal.protocol.wire.v1.HostWire;
import io.ordinal.protocol.wire.v1.VolumeOrderWire;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A volume of a life, on the wire. */
final class VolumeOrderCodec {
  private static final VolumeOrder.Cases<VolumeOrderWire.Builder> TO_WIRE =
      new VolumeOrder.Cases<>() {
        @Override
        public VolumeOrderWire.Builder claimed(VolumeOrder.Claimed volume) {
          ClaimedWire.Builder claimed =
              ClaimedWire.newBuilder()
                  .setVolume(volume.volume())
                  .setClaim(volume.claim())
                  .setPath(volume.storage().path())
                  .setReadOnly(volume.readOnly());
          volume.storage().match(new Storing(claimed));
          return VolumeOrderWire.newBuilder().setClaimed(claimed);
        }

        @Override
        public VolumeOrderWire.Builder files(VolumeOrder.Files volume) {
          FilesWire.Builder files = FilesWire.newBuilder().setMode(volume.mode());
          new TreeMap<>(volume.files())
              .forEach((path, bytes) -> files.putFiles(path, ByteString.copyFrom(bytes)));
          if (!volume.renewal().isZero()) files.setRenewal(Times.toWire(volume.renewal()));
          return VolumeOrderWire.newBuilder().setFiles(files);
        }

        @Override
        public VolumeOrderWire.Builder empty(VolumeOrder.Empty volume) {
          return VolumeOrderWire.newBuilder().setEmpty(EmptyWire.getDefaultInstance());
        }

        @Override
        public VolumeOrderWire.Builder host(VolumeOrder.Host volume) {
          return VolumeOrderWire.newBuilder().setHost(HostWire.newBuilder().setPath(volume.path()));
        }
      };

  /** What is peculiar to a kind of storage. */
  private record Storing(ClaimedWire.Builder claimed)
      implements VolumeOrder.StorageCases<ClaimedWire.Builder> {
    @Override
    public ClaimedWire.Builder local(VolumeOrder.Local storage) {
      return storage.home().isEmpty() ? claimed : claimed.setHome(storage.home());
    }

    @Override
    public ClaimedWire.Builder shared(VolumeOrder.Shared storage) {
      return claimed
          .setShared(true)
          .setHook(storage.hook())
          .setMayBeNew(storage.mayBeNew())
          .setSeveral(storage.several());
    }
  }

  private VolumeOrderCodec() {}

  static VolumeOrderWire toWire(VolumeOrder volume) {
    return volume.match(TO_WIRE).setName(volume.name()).build();
  }

  static VolumeOrder fromWire(VolumeOrderWire wire) {
    String name = Needed.text(wire.getName(), "the name of a volume");
    return switch (wire.getSourceCase()) {
      case CLAIMED -> claimed(name, wire.getClaimed());
      case FILES -> files(name, wire.getFiles());
      case EMPTY -> new VolumeOrder.Empty(name);
      case HOST ->
          new VolumeOrder.Host(
              name, Needed.text(wire.getHost().getPath(), "the path of a host volume"));
      case SOURCE_NOT_SET ->
          throw new UndecodableMessage("the source of the volume " + name + " is missing");
    };
  }

  private static VolumeOrder.Claimed claimed(String name, ClaimedWire wire) {
    return new VolumeOrder.Claimed(
        name,
        Needed.text(wire.getVolume(), "the volume of a claim"),
        wire.getClaim(),
        wire.getReadOnly(),
        wire.getShared()
            ? new VolumeOrder.Shared(
                wire.getPath(), wire.getHook(), wire.getMayBeNew(), wire.getSeveral())
            : new VolumeOrder.Local(wire.getPath(), wire.getHome()));
  }

  private static VolumeOrder.Files files(String name, FilesWire wire) {
    Map<String, byte[]> files = new TreeMap<>();
    wire.getFilesMap().forEach((path, bytes) -> files.put(path, bytes.toByteArray()));
    Duration renewal = wire.hasRenewal() ? Times.fromWire(wire.getRenewal()) : Duration.ZERO;
    return new VolumeOrder.Files(name, files, wire.getMode(), renewal);
  }
}
