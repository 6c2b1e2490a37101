package io.ordinal.controller.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Tells that this store began from a backup. What was written after the backup is lost, and may
 * still be at work somewhere: whoever grants leases or places lives must take that into account
 * until the sessions of before have reported or ended.
 *
 * @param group the group of the restored store
 * @param from the group that the backup was taken of
 * @param asOf everything acknowledged before this time is in the backup
 * @param at when it was restored
 * @param revisionBefore the backup's
 * @param revision the first of the restored store; higher than any that was ever given out
 */
public record Restored(
    UUID group, UUID from, Instant asOf, Instant at, long revisionBefore, long revision) {
  /** Where it is kept; replaced by the next restore. */
  public static final RecordKey KEY = new RecordKey("restore", "current");

  /** Empty in a store that never was restored. */
  public static Optional<Restored> in(View view) {
    return view.record(KEY).map(StoredRecord::value).map(Restored::decode);
  }

  public byte[] encode() {
    return String.join(
            "\n",
            "group " + group,
            "from " + from,
            "as-of " + asOf,
            "at " + at,
            "revision-before " + revisionBefore,
            "revision " + revision)
        .getBytes(UTF_8);
  }

  /**
   * @throws IllegalArgumentException when something is missing
   */
  public static Restored decode(byte[] record) {
    List<String> lines = Arrays.asList(new String(record, UTF_8).split("\n"));
    Map<String, String> found =
        lines.stream()
            .map(line -> line.split(" ", 2))
            .filter(parts -> parts.length == 2)
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    for (String key : List.of("group", "from", "as-of", "at", "revision-before", "revision"))
      if (!found.containsKey(key))
        throw new IllegalArgumentException("expected '" + key + "' in " + lines);
    return new Restored(
        UUID.fromString(found.get("group")),
        UUID.fromString(found.get("from")),
        Instant.parse(found.get("as-of")),
        Instant.parse(found.get("at")),
        Long.parseLong(found.get("revision-before")),
        Long.parseLong(found.get("revision")));
  }
}
