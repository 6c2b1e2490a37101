/**
 * Whole-system tests: the packaged command, real kubectl, real databases, real kills. Each test
 * class brings up a cluster of its own in a temporary data directory and takes it down with
 * everything that it started.
 */
package io.ordinal.tests;
