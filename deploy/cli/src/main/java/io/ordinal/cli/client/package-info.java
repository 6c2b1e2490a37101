/**
 * A small client of the Kubernetes API over the JDK's HTTP client: requests, apply, readable
 * errors.
 */
package io.ordinal.cli.client;
