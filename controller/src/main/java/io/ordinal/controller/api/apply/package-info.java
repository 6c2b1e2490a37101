/**
 * Who owns which fields of an object ({@code metadata.managedFields}), and server-side apply: what
 * an object becomes when somebody applies a configuration to it, and whose values that would
 * overwrite. Pure: trees in, trees out. Used by {@code api.write}; knows kinds and schemas only.
 */
package io.ordinal.controller.api.apply;
