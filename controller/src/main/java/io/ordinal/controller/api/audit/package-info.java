/**
 * Who asked what and what became of it, as lines of {@code audit.k8s.io/v1} Events at the level
 * Metadata: no bodies, and of addresses nothing that may be a secret. Used by {@code api}.
 */
package io.ordinal.controller.api.audit;
