/**
 * Drills on the command line: making the object, following it, and telling its verdict as a table,
 * as JSON or as JUnit XML.
 */
package io.ordinal.cli.drill;
