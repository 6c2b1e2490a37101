package io.ordinal.controller.store;

/**
 * Where a private record stands: clients never see it, it has no API revision and no watch event.
 */
public record RecordKey(String family, String id) {
  public RecordKey {
    if (!family.matches("[a-z-]+"))
      throw new IllegalArgumentException("not a record family: '" + family + "'");
    if (id.isEmpty()) throw new IllegalArgumentException("a record of " + family + " needs an id");
  }

  @Override
  public String toString() {
    return family + " " + id;
  }
}
