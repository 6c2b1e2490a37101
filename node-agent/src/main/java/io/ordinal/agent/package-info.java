/**
 * The node agent: hosts the workload processes of one machine. {@code boot -> host -> workload ->
 * {driver, volume, network, probe, state} -> lifecycle -> protocol}.
 */
package io.ordinal.agent;
