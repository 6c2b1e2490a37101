/**
 * The commands of people without kubectl: what a server serves, which of it an argument names, and
 * how it is shown. Thin: tables, defaults and rules are the server's.
 */
package io.ordinal.cli.resource;
