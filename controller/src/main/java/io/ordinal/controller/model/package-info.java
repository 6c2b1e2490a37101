/** Plain records that the planners work on. Knows only the identifiers of the protocol. */
package io.ordinal.controller.model;
