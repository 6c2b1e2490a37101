package io.ordinal.agent.volume;

import io.ordinal.agent.disk.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a volume's mark stands: in a file of the node, and, so that it goes with a directory that
 * several machines may see, in an extended attribute of the volume itself where the file system has
 * such.
 */
final class OwnerFile {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerFile.class);
  private static final String ATTRIBUTE = "ordinal.incarnation";
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final Path volume;

  OwnerFile(Path file, Path volume) {
    this.file = file;
    this.volume = volume;
  }

  /** The node's own file alone. */
  static OwnerFile local(Path file) {
    return new OwnerFile(file, null);
  }

  OwnerMark read() throws IOException {
    OwnerMark noted =
        Files.exists(file)
            ? JSON.readValue(Files.readString(file), OwnerMark.class)
            : OwnerMark.NONE;
    return noted.atLeast(carried());
  }

  /** On disk when it returns. */
  void write(OwnerMark mark) throws IOException {
    carry(mark.incarnation());
    WholeFile.replace(file, JSON.writeValueAsString(mark).getBytes(StandardCharsets.UTF_8));
  }

  private long carried() {
    UserDefinedFileAttributeView view = view();
    try {
      if (view == null || !view.list().contains(ATTRIBUTE)) return 0;
      ByteBuffer content = ByteBuffer.allocate(view.size(ATTRIBUTE));
      view.read(ATTRIBUTE, content);
      return Long.parseLong(StandardCharsets.US_ASCII.decode(content.flip()).toString());
    } catch (IOException e) {
      return 0; // No attributes on this file system.
    }
  }

  private void carry(long incarnation) throws IOException {
    UserDefinedFileAttributeView view = view();
    if (view == null) return;
    try {
      view.write(ATTRIBUTE, StandardCharsets.US_ASCII.encode(Long.toString(incarnation)));
    } catch (IOException e) {
      LOG.debug("{} takes no attributes; the node's own file has the mark", volume);
      return;
    }
    WholeFile.forceNames(volume);
  }

  private UserDefinedFileAttributeView view() {
    if (volume == null) return null;
    return Files.getFileAttributeView(volume, UserDefinedFileAttributeView.class);
  }
}
