/** Starting a member in the background and following what was applied until it is ready. */
package io.ordinal.cli.up;
