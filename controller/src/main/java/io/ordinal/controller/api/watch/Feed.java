package io.ordinal.controller.api.watch;

import io.ordinal.controller.api.http.Status;

/** What a watch shows, in the order in which it shows it. */
sealed interface Feed {
  <R> R match(Cases<R> cases);

  /** An object was there when the watch began. */
  record Present(byte[] document) implements Feed {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.present(this);
    }
  }

  /** All that was there at this revision has been shown. */
  record Begun(long revision) implements Feed {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.begun(this);
    }
  }

  /** An object was created, changed or deleted. */
  record Changed(SharedChange change) implements Feed {
    long revision() {
      return change.revision();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.changed(this);
    }
  }

  /** Everything up to this revision has been handed over. */
  record Reached(long revision) implements Feed {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.reached(this);
    }
  }

  /** The watch cannot go on; nothing follows. */
  record Broken(Status status) implements Feed {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.broken(this);
    }
  }

  interface Cases<R> {
    R present(Present present);

    R begun(Begun begun);

    R changed(Changed changed);

    R reached(Reached reached);

    R broken(Broken broken);
  }
}
