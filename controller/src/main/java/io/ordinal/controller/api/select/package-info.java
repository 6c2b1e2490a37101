/**
 * Label and field selectors: parsed from queries, matched against objects. Pure. Used by {@code
 * api}.
 */
package io.ordinal.controller.api.select;
