/**
 * API objects as JSON trees: reading and printing, and the metadata that every kind has. What
 * Ordinal does not interpret stays in the tree untouched. Used by everything above the store; knows
 * the store's values only.
 */
package io.ordinal.controller.document;
