/**
 * The Kubernetes API over HTTP: routes, content negotiation, watch streams, tables, patches, errors
 * as Status. Uses everything to its right ({@code set, workload -> replica -> node, volume, network
 * -> store}); only {@code boot} uses it.
 */
package io.ordinal.controller.api;
