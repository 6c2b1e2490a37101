package io.ordinal.controller.api.write;

import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.document.ApiObject;
import java.util.Optional;

/** Looks at an object that is about to be written, and refuses what its sender may not write. */
@FunctionalInterface
public interface Guard {
  /** Lets everything through. */
  Guard OPEN = (call, old, next) -> {};

  /**
   * Must not block.
   *
   * @param old empty when the object is new
   * @throws io.ordinal.controller.api.http.StatusException when the write is refused
   */
  void check(Call call, Optional<ApiObject> old, ApiObject next);
}
