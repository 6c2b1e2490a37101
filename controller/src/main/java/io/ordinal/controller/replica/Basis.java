package io.ordinal.controller.replica;

import io.ordinal.protocol.id.SetKey;
import io.ordinal.protocol.id.Term;

/**
 * What an order of the set controller was decided on. The replica's transaction has it as
 * preconditions, so the orders of a singleton that slept are void.
 *
 * @param term the singleton's; version of the record {@link #TERM_FAMILY}/{@link #TERM_ID}
 * @param set the set's key, uid and generation as they were read
 */
public record Basis(Term term, SetKey set, String setUid, long setGeneration) {
  /** The record whose version is the current term. */
  public static final String TERM_FAMILY = "term";

  public static final String TERM_ID = "set-controller";
}
