/**
 * Records of sessions and leases as bytes. Named only by {@code node}; imports generated classes.
 */
package io.ordinal.controller.node.wire;
