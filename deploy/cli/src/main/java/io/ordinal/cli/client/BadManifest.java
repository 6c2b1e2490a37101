package io.ordinal.cli.client;

import java.io.IOException;

/** A manifest that cannot be used; those beside it can. */
public final class BadManifest extends IOException {
  private static final long serialVersionUID = 1L;

  BadManifest(String message) {
    super(message);
  }
}
