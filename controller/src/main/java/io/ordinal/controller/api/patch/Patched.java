package io.ordinal.controller.api.patch;

import tools.jackson.databind.node.ObjectNode;

/** What became of applying a patch. */
public sealed interface Patched {
  <R> R match(Cases<R> cases);

  /** A new tree; the one patched is as it was. */
  record Done(ObjectNode tree) implements Patched {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.done(this);
    }
  }

  /**
   * The patch does not fit.
   *
   * @param message for clients, as Kubernetes words it
   * @param detail what exactly was expected and found; may be empty
   */
  record Refused(Fault fault, String message, String detail) implements Patched {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** Which answer a client gets. */
  enum Fault {
    /** 400 BadRequest: the patch itself is malformed. */
    MALFORMED,
    /** 413 RequestEntityTooLarge: it asks for more work than one request may. */
    TOO_LARGE,
    /** 422 Invalid: it is well-formed and does not fit this object. */
    UNPROCESSABLE
  }

  /** One method per alternative. */
  interface Cases<R> {
    R done(Done done);

    R refused(Refused refused);
  }
}
