/**
 * A member's data directory: what lies where, with which mode, which ports and addresses it chose
 * for good.
 */
package io.ordinal.member.directory;
