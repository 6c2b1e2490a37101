package io.ordinal.controller.api.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file of lines, mode 0600, that is put aside when it is full. For one thread. Others may move it
 * away: the next line begins a new one.
 */
final class AuditFile implements AutoCloseable {
  private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-------");

  private final AuditSettings settings;
  private final Path path;
  private FileChannel open;

  AuditFile(AuditSettings settings) {
    this.settings = settings;
    this.path = settings.file().orElseThrow();
  }

  void write(byte[] lines) throws IOException {
    if (open != null && !Files.exists(path)) close();
    if (open == null) open();
    if (open.size() > 0 && open.size() + lines.length > settings.mostBytes()) putAside();
    ByteBuffer rest = ByteBuffer.wrap(lines);
    while (rest.hasRemaining()) open.write(rest);
  }

  private void open() throws IOException {
    if (path.getParent() != null) Files.createDirectories(path.getParent());
    if (Files.isRegularFile(path) && !Files.getPosixFilePermissions(path).equals(MODE)) {
      Files.setPosixFilePermissions(path, MODE); // Somebody else made it, or changed it.
    }
    open =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(MODE));
  }

  private void putAside() throws IOException {
    close();
    for (int i = settings.kept(); i > 1; i--) {
      if (Files.exists(former(i - 1))) {
        Files.move(former(i - 1), former(i), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (settings.kept() > 0) Files.move(path, former(1), StandardCopyOption.REPLACE_EXISTING);
    else Files.delete(path);
    open();
  }

  private Path former(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  @Override
  public void close() throws IOException {
    if (open != null) open.close();
    open = null;
  }
}
