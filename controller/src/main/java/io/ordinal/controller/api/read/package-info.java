/** Reading: single objects and lists, streamed from stored bytes. Used by {@code api}. */
package io.ordinal.controller.api.read;
