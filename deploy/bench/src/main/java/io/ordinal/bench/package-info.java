/**
 * Programs that take the project's figures: whole-system ones and one for the store alone. How to
 * run them: the README.
 */
package io.ordinal.bench;
