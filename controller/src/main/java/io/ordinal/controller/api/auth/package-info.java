/**
 * Who asks, by client certificate, and the TLS that asks for it. What they may do is decided in
 * {@code api}. Used by {@code api} and, for the certificates, by {@code boot}.
 */
package io.ordinal.controller.api.auth;
