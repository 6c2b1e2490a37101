/**
 * Drills as clients write and read them: the shape of {@code ordinal.io/v1} Drill, both for the
 * API's schema and for those who read and write its status. Decides nothing.
 */
package io.ordinal.controller.document.drill;
