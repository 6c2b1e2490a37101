/**
 * Replicas as bytes: the record in the store, and the commands between controllers. Named by {@code
 * boot} and by configuration; the only package beside it that imports generated classes.
 */
package io.ordinal.controller.replica.wire;
