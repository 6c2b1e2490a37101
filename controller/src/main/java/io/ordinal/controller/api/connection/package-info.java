/**
 * The connections to the API: accepted, bounded in number, and given up when their clients are too
 * slow. Knows nothing of what is asked over them. Used by {@code api}.
 */
package io.ordinal.controller.api.connection;
