package io.ordinal.controller.api;

import io.ordinal.controller.api.call.HangUp;
import io.ordinal.controller.store.ObjectKey;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * A request as far as its place among others depends on it.
 *
 * @param object that it changes, which is done by one at a time; empty when it changes none
 * @param large whether it takes long to read what it says
 * @param gone tells when the client has hung up
 * @param likeness the same number when the same is asked again
 */
record Asked(
    String user, Optional<ObjectKey> object, boolean large, HangUp gone, IntSupplier likeness) {
  /** The same, with a body of that size. */
  Asked sized(boolean isLarge) {
    return new Asked(user, object, isLarge, gone, likeness);
  }
}
