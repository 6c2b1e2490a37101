/**
 * A request as the handlers see it: which resource, which verb, who, in which form; and how answers
 * are put together. Used by the handlers ({@code api.read}, {@code api.watch}, {@code api.write},
 * {@code api.log}, {@code api.discovery}).
 */
package io.ordinal.controller.api.call;
