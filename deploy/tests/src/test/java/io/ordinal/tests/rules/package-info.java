/**
 * The rules of the house as tests: which way dependencies point, what is banned. Each rule is shown
 * to bite.
 */
package io.ordinal.tests.rules;
