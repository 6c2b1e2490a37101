/**
 * The values that name things: identities, nodes, sessions, numbers that only rise. No framework,
 * no decisions. Everything may use this package; it uses nothing but the JDK.
 */
package io.ordinal.protocol.id;
