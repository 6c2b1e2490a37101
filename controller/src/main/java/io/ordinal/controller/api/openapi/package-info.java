/**
 * OpenAPI documents, v3 and v2, of the kinds that are served, made of the shapes of {@code
 * api.schema}. Pure. {@code kubectl} reads them to learn that the server checks fields, to check
 * them itself where it is asked to, and for {@code kubectl explain}. Used by {@code boot}, which
 * hands them to {@code api}.
 */
package io.ordinal.controller.api.openapi;
