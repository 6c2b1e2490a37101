/**
 * The registry of resource kinds: for each its names, verbs, defaults, validation, table columns
 * and subresources. A new kind is one class here and nothing elsewhere. Pure: no store, no actor,
 * no HTTP.
 */
package io.ordinal.controller.api.kind;
