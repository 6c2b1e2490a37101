/**
 * What {@code ordinal describe} prints, line for line as {@code kubectl describe} of 1.32 does;
 * only what the user may not read is told as such where kubectl says nothing of it or fails. A
 * class for each kind and for each section that several kinds share, all of them pure; {@link
 * io.ordinal.cli.describe.Describer} alone asks the server. Used by the command.
 */
package io.ordinal.cli.describe;
