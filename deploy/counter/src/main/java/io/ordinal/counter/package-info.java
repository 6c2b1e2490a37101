/**
 * The example workload: a small stateful program that shows what a replica keeps. Uses nothing but
 * the JDK.
 */
package io.ordinal.counter;
