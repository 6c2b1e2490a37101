package io.ordinal.controller.store;

import java.util.regex.Pattern;

/**
 * Where a private record stands: clients never see it, it has no API revision and no watch event.
 */
public record RecordKey(String family, String id) {
  private static final Pattern FAMILY = Pattern.compile("[a-z-]+");

  public RecordKey {
    if (!FAMILY.matcher(family).matches())
      throw new IllegalArgumentException("not a record family: '" + family + "'");
    if (id.isEmpty()) throw new IllegalArgumentException("a record of " + family + " needs an id");
  }

  @Override
  public String toString() {
    return family + " " + id;
  }
}
