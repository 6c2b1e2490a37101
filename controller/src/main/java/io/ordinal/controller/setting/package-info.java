/**
 * What records that settings are read into check themselves with. Used by all of them; knows
 * nothing.
 */
package io.ordinal.controller.setting;
