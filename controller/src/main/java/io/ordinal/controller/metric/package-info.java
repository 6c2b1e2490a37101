/**
 * Figures of a controller for people and for Prometheus: what it holds, how the store and this JVM
 * fare. Counted when somebody asks. Wired by {@code boot}; {@code api} only hands out the text.
 */
package io.ordinal.controller.metric;
