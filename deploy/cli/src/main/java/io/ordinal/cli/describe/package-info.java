/**
 * What {@code ordinal describe} prints, line for line as {@code kubectl describe} of 1.32 does;
 * only what the user may not read is told as such where kubectl says nothing of it or fails, and
 * devices and seccomp profiles of containers, which do nothing here, are left out. A class for each
 * kind and for each section that several kinds share, all of them pure; {@link
 * io.ordinal.cli.describe.Describer} alone asks the server. Used by the command.
 */
package io.ordinal.cli.describe;
