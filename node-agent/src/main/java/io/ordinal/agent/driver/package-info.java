/**
 * What turns the containers of a life into processes. The port stands here; implementations are
 * {@code driver.process} (and later oci, jvm). Processes outlive the agent's JVM: everything needed
 * to find them again is on disk before they start.
 */
package io.ordinal.agent.driver;
