/**
 * Watches: one hub for each resource reads its changes once and hands them to the bounded queues of
 * all who watch; each watch selects and prints on its own stream. A hint from the store says that
 * there is something to read; nothing is lost when a hint is.
 */
package io.ordinal.controller.api.watch;
