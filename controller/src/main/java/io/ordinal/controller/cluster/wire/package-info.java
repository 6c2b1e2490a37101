/**
 * What controllers ask each other before they are one cluster, as bytes. Imports generated classes.
 */
package io.ordinal.controller.cluster.wire;
