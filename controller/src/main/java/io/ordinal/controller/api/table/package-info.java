/**
 * The forms in which objects are answered: as they are stored, as Tables for people, or as metadata
 * only. Pure. Used by the handlers of {@code api}.
 */
package io.ordinal.controller.api.table;
