/**
 * Kinds that show the objects of another one under another group: what is read is rewritten on its
 * way out, what is written on its way in. Everybody else sees two kinds. Leases of nodes are
 * rewritten on their way out, too. Used where the API is put together.
 */
package io.ordinal.controller.api.twin;
