package io.ordinal.controller.store;

/**
 * A JSON document about to be stored. Its {@code metadata.resourceVersion} is an empty string; the
 * store writes the digits of the revision there when the transaction is applied, so that readers
 * can stream stored bytes as they are.
 *
 * @param bytes UTF-8 JSON with {@code "resourceVersion":""} inside
 * @param hole offset between those two quotes
 * @param uid metadata.uid, or empty
 * @param generation metadata.generation, or 0
 */
public record Draft(byte[] bytes, int hole, String uid, long generation) {
  public Draft {
    if (hole < 1 || hole >= bytes.length || bytes[hole - 1] != '"' || bytes[hole] != '"') {
      throw new IllegalArgumentException("offset " + hole + " is not between two quotes");
    }
  }
}
