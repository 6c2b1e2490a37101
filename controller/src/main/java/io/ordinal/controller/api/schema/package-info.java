/**
 * The shapes of API objects, read once from the fabric8 model classes by reflection: which fields a
 * type has, of which types, and how its lists merge. Pure. Used by {@code api.kind}, {@code
 * api.patch} and {@code api.openapi}; knows none of them.
 */
package io.ordinal.controller.api.schema;
