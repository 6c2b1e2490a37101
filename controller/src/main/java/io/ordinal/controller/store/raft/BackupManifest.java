package io.ordinal.controller.store.raft;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a backup holds: the first part of it, as lines of text.
 *
 * @param group the store's group
 * @param member whose copy it is
 * @param index of the last entry of the log in it
 * @param revision of the last change in it
 * @param asOf everything acknowledged before this time is in it
 * @param sha256 of the state, as {@code StoreGroup.Digest} has it
 * @param files of the database
 */
public record BackupManifest(
    UUID group,
    UUID member,
    long index,
    long revision,
    Instant asOf,
    String sha256,
    List<Part> files) {
  private static final String FORMAT = "ordinal-backup 1";

  public record Part(String name, long bytes, String sha256) {}

  public BackupManifest {
    files = List.copyOf(files);
  }

  String encode() {
    StringBuilder text = new StringBuilder();
    text.append(FORMAT).append('\n');
    text.append("group ").append(group).append('\n');
    text.append("member ").append(member).append('\n');
    text.append("index ").append(index).append('\n');
    text.append("revision ").append(revision).append('\n');
    text.append("as-of ").append(asOf).append('\n');
    text.append("sha256 ").append(sha256).append('\n');
    for (Part file : files)
      text.append("file ")
          .append(file.sha256())
          .append(' ')
          .append(file.bytes())
          .append(' ')
          .append(file.name())
          .append('\n');
    return text.toString();
  }

  /**
   * @throws IllegalArgumentException when this is no backup of a known format
   */
  static BackupManifest decode(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(FORMAT))
      throw new IllegalArgumentException(
          "expected '" + FORMAT + "', found '" + text.lines().findFirst().orElse("") + "'");
    try {
      List<Part> files = new ArrayList<>();
      for (String line : lines.subList(7, lines.size())) files.add(part(line));
      return new BackupManifest(
          UUID.fromString(value(lines, 1, "group")),
          UUID.fromString(value(lines, 2, "member")),
          Long.parseLong(value(lines, 3, "index")),
          Long.parseLong(value(lines, 4, "revision")),
          Instant.parse(value(lines, 5, "as-of")),
          value(lines, 6, "sha256"),
          files);
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("the manifest of the backup is damaged: " + e, e);
    }
  }

  private static String value(List<String> lines, int number, String key) {
    String line = lines.get(number);
    if (!line.startsWith(key + " "))
      throw new IllegalArgumentException(
          "expected '" + key + "' in the manifest of the backup, found '" + line + "'");
    return line.substring(key.length() + 1);
  }

  private static Part part(String line) {
    String[] words = line.split(" ", 4);
    boolean plain = words.length == 4 && words[0].equals("file") && words[3].matches("[\\w.-]+");
    if (!plain || words[3].startsWith("."))
      throw new IllegalArgumentException("expected the name of a file, found '" + line + "'");
    return new Part(words[3], Long.parseLong(words[2]), words[1]);
  }
}
