package io.ordinal.controller.model;

/**
 * An existing claim made from a template of the set.
 *
 * @param deleting its deletion was asked for
 * @param owner who it goes with, as far as the set and its present pod are concerned
 * @param stale it also names an earlier set or pod of the same name as owner: the garbage collector
 *     will take it
 * @param conflicting somebody else controls it: the retention policy has no say
 */
public record ClaimView(
    int ordinal, String name, boolean deleting, Owner owner, boolean stale, boolean conflicting) {

  /** Whose end is the claim's end. */
  public enum Owner {
    NOBODY,
    SET,
    POD,
    BOTH
  }
}
