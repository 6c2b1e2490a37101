/**
 * Where the controllers of the cluster are reached: by the operator's list, by names that are
 * looked up again each time, and by what the controllers themselves said last.
 */
package io.ordinal.member.contact;
