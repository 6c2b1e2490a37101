/**
 * The command {@code ordinal}. Commands are thin: each reads its options, calls one class of {@code
 * cli.up} or {@code cli.client}, prints.
 */
package io.ordinal.cli;
