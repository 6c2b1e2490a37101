package io.ordinal.controller.drill;

import io.ordinal.controller.store.View;

/** Knows the controllers. */
@FunctionalInterface
public interface Councils {
  /** As they are now; the names are those of their members. */
  Council council(View view);
}
