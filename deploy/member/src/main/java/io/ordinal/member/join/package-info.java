/**
 * How a machine becomes a member: it knows the cluster by the hash in its token, has its own key
 * certified, and writes down what it was told. Used by the command line; what is written is read by
 * {@code member}.
 */
package io.ordinal.member.join;
