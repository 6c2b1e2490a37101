/**
 * What members and operators ask of the cluster itself, over HTTP under {@code /ordinal/v1/}: to
 * join, to have a certificate renewed, who the controllers are, tokens, backups. Known by a token,
 * by a member's certificate, or as an administrator; errors are answered as Status. Used by {@code
 * api} and, for the ports, by {@code boot}.
 */
package io.ordinal.controller.api.cluster;
