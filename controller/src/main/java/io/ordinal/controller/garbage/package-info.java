/**
 * What goes when something else has gone: dependents of deleted owners, and the contents of
 * namespaces; and the namespaces that a cluster begins with. Knows kinds by their names only, which
 * {@code boot} gives it. Deletes pods through {@code replica} and everything else by conditional
 * transactions, so that several collectors at once do no harm.
 */
package io.ordinal.controller.garbage;
