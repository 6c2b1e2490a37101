package io.ordinal.controller.api.write;

import io.ordinal.controller.document.ApiObject;
import java.util.List;
import java.util.Optional;

/** How a client wants an object to be, given how it is. */
interface Change {
  /**
   * @param warnings for the client; may be added to
   */
  ApiObject apply(ApiObject old, List<String> warnings);

  /** What is made where nothing has that name; empty where nothing can be made so. */
  default Optional<Making> made() {
    return Optional.empty();
  }

  /**
   * An object to be made.
   *
   * @param accepted as its sender wants it
   * @param claim who owns what of it
   */
  record Making(Intake.Accepted accepted, Claim claim) {}
}
