/**
 * Who asks, by client certificate, and whether they may. Until there are roles, the group
 * system:masters may do everything and everybody else may look at health and version. Used by
 * {@code api} and, for the certificates, by {@code boot}.
 */
package io.ordinal.controller.api.auth;
