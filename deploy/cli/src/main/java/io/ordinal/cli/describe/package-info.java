/**
 * What {@code ordinal describe} prints, line for line as {@code kubectl describe} does. A class for
 * each kind and for each section that several kinds share, all of them pure; {@link
 * io.ordinal.cli.describe.Describer} alone asks the server. Used by the command.
 */
package io.ordinal.cli.describe;
