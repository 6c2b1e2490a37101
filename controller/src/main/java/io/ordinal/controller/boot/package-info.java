/**
 * Wiring of a controller: settings, actors, ports to adapters. The only place that names the
 * store's adapters and the system's clock; imported by nothing but the module that assembles
 * members.
 */
package io.ordinal.controller.boot;
