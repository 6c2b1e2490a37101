/**
 * What somebody may do: roles and bindings as an index that follows the store, the rights of
 * members, reviews of access, tokens of service accounts. Used by {@code api}, which asks before
 * anything else is done. Who somebody is, is found out with {@code api.auth}.
 */
package io.ordinal.controller.api.access;
