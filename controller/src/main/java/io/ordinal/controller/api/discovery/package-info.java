/**
 * What the server says about itself: version, served kinds in both forms of discovery, OpenAPI.
 * Made once from the registry. Used by {@code api}.
 */
package io.ordinal.controller.api.discovery;
