/**
 * Addresses of pods: which one an identity has, kept over its lives and its moves between nodes.
 * Decides over a view of the store; whoever places a life commits what was decided along with it.
 * Endpoints: which pods stand behind a service, written as Endpoints and EndpointSlices.
 */
package io.ordinal.controller.network;
