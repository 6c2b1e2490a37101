package io.ordinal.controller.store.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ordinal.controller.store.rocks.RocksSettings;
import io.ordinal.controller.store.rocks.RocksState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a backup: a zip archive of the manifest, which comes first, and the files of the database.
 */
final class Backup {
  static final String MANIFEST = "manifest";

  private Backup() {}

  /** Of a member that does not run, from its directory alone. */
  static BackupManifest ofDirectory(Path directory, RocksSettings settings, OutputStream out)
      throws IOException {
    if (!Files.exists(directory.resolve("identity")))
      throw new IOException("there is no store in " + directory);
    try (DirectoryLock lock = DirectoryLock.of(directory)) {
      StoreIdentity identity = StoreIdentity.read(directory);
      Instant asOf = StateCopy.lastWritten(directory);
      try (StateCopy copy = StateCopy.of(directory, identity, settings)) {
        copy.replay(directory, identity, settings);
        return write(copy, identity, settings, asOf, out);
      }
    }
  }

  static BackupManifest write(
      StateCopy copy,
      StoreIdentity identity,
      RocksSettings settings,
      Instant asOf,
      OutputStream out)
      throws IOException {
    RocksState.Digest digest;
    try (RocksState state = RocksState.open(copy.place(), settings)) {
      digest = state.digest();
    }
    List<BackupManifest.Part> parts = new ArrayList<>();
    for (Path file : files(copy.place()))
      parts.add(
          new BackupManifest.Part(file.getFileName().toString(), Files.size(file), sha256(file)));
    BackupManifest manifest =
        new BackupManifest(
            identity.group(),
            identity.member(),
            digest.position().index(),
            digest.revision().value(),
            asOf,
            digest.sha256(),
            parts);
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED);
    zip.putNextEntry(new ZipEntry(MANIFEST));
    zip.write(manifest.encode().getBytes(UTF_8));
    for (BackupManifest.Part part : parts) {
      zip.putNextEntry(new ZipEntry(part.name()));
      Files.copy(copy.place().resolve(part.name()), zip);
    }
    zip.finish();
    zip.flush();
    return manifest;
  }

  /** Without RocksDB's own log and lock. */
  private static List<Path> files(Path place) throws IOException {
    try (Stream<Path> all = Files.list(place)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("LO"))
          .sorted()
          .toList();
    }
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      Files.copy(file, out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
