package io.ordinal.controller.api.write;

/** What became of a write that the rules allow. */
sealed interface Written {
  <R> R match(Cases<R> cases);

  /**
   * @param document as it is stored now, or as it was last when it was removed
   */
  record Done(byte[] document) implements Written {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.done(this);
    }
  }

  /** Somebody else was faster: look again and decide anew. */
  record Raced() implements Written {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.raced(this);
    }
  }

  /** An object of that name is there already. */
  record Taken() implements Written {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.taken(this);
    }
  }

  interface Cases<R> {
    R done(Done done);

    R raced(Raced raced);

    R taken(Taken taken);
  }
}
