package io.ordinal.controller.api.apply;

import io.ordinal.controller.model.Verdict.Cause;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What comes of an apply. */
public sealed interface Applied {
  <R> R match(Cases<R> cases);

  /**
   * @param tree of the object; without defaults, and with the managed fields of before
   * @param managedFields of after
   */
  record Done(ObjectNode tree, ArrayNode managedFields) implements Applied {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.done(this);
    }
  }

  /** Others own fields to which other values were applied. */
  record Conflicted(String message, List<Cause> causes) implements Applied {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.conflicted(this);
    }
  }

  interface Cases<R> {
    R done(Done done);

    R conflicted(Conflicted conflicted);
  }
}
