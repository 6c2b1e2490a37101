/**
 * Claims and volumes: which volume a claim gets, what is provisioned, what is reclaimed. Pure
 * decisions on documents, and the actor that reclaims. Used by {@code replica}; knows the store's
 * ports and the planners' model.
 */
package io.ordinal.controller.volume;
