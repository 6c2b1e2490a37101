/**
 * Ordinal as a service of a machine that systemd has really booted: a Debian of its own in
 * systemd-nspawn, with the units and the installer as operators have them.
 */
package io.ordinal.tests.systemd;
