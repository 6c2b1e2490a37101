/**
 * The shapes of what is asked and answered but never stored: reviews of access, requests for
 * tokens. The fabric8 model that the controller uses does not have them. Used by {@code api.kind}.
 */
package io.ordinal.controller.api.kind.review;
