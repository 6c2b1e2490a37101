package io.ordinal.agent.driver.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What a process writes. Unlike with the JDK's own pipes a reader can be freed although somebody
 * still holds the other end: closing ends a read that is under way.
 */
final class NamedPipe extends InputStream {
  private static final int PATIENCE_SECONDS = 10;

  private final Path file;
  private final RandomAccessFile held;
  private final FileChannel from;

  private NamedPipe(Path file) throws IOException {
    this.file = file;
    // With both ends open neither of the two others, here and by the process's start, waits.
    this.held = new RandomAccessFile(file.toFile(), "rw");
    this.from = FileChannel.open(file, StandardOpenOption.READ);
  }

  /** Makes some in a directory. Blocks. */
  static List<NamedPipe> make(Path directory, int count) throws IOException {
    List<Path> files = new ArrayList<>();
    while (files.size() < count) files.add(directory.resolve("pipe-" + UUID.randomUUID()));
    if (count > 0) makeFiles(files);
    List<NamedPipe> pipes = new ArrayList<>();
    for (Path file : files) pipes.add(new NamedPipe(file));
    return pipes;
  }

  private static void makeFiles(List<Path> files) throws IOException {
    List<String> words = new ArrayList<>(List.of("mkfifo", "-m", "600", "--"));
    files.forEach(file -> words.add(file.toString()));
    Process process = Launcher.quiet(words).redirectOutput(Redirect.DISCARD).start();
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) throw new IOException("mkfifo failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Where a process is to write. */
  Redirect target() {
    return Redirect.to(file.toFile());
  }

  /** The process has it: it ends once everything that has it open is gone. */
  void handedOver() throws IOException {
    held.close();
    Files.deleteIfExists(file);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    return from.read(ByteBuffer.wrap(into, at, length));
  }

  @Override
  public void close() throws IOException {
    from.close();
  }
}
