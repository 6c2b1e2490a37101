/**
 * What is HTTP and no more: the Status that every error is, bodies read as trees, queries, what a
 * client accepts. Knows nothing of the store. Used by the rest of {@code api}.
 */
package io.ordinal.controller.api.http;
