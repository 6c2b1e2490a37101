/**
 * The cluster's own certificate authority, and the certificates and PEM files made from it. Knows
 * no other package.
 */
package io.ordinal.member.pki;
