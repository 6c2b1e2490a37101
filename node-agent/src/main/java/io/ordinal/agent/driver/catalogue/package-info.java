/**
 * What {@code image} may name on this node: entries of HOCON files in one directory, which an
 * operator extends. Used by drivers.
 */
package io.ordinal.agent.driver.catalogue;
