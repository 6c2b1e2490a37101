/**
 * Several hosts on one machine, and what can befall them. A {@link io.ordinal.tests.hosts.Lab}
 * makes network namespaces with an address, a data directory and a member each; {@link
 * io.ordinal.tests.hosts.Fault} names what may go wrong and {@link io.ordinal.tests.hosts.Faults}
 * makes it so; a {@link io.ordinal.tests.hosts.Witness} watches the kernel's process list for
 * identities that live twice. Used by whole-system tests and benchmarks, never by the product.
 */
package io.ordinal.tests.hosts;
