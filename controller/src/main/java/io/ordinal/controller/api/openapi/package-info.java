/**
 * OpenAPI v3 documents of the kinds that are served, made of the shapes of {@code api.schema}.
 * Pure. {@code kubectl} reads them to learn that the server checks fields, and for {@code kubectl
 * explain}. Used by {@code boot}, which hands them to {@code api}.
 */
package io.ordinal.controller.api.openapi;
