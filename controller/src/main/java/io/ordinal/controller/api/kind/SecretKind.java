package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.Secret;

/** Secrets. */
final class SecretKind extends OrdinaryKind {
  SecretKind() {
    super(KindNames.namespaced("v1", "Secret", "secrets"), Secret.class);
  }
}
