/**
 * What pods and nodes use, as {@code metrics.k8s.io} tells it: agents are asked when somebody asks
 * for it. Used where the API is put together.
 */
package io.ordinal.controller.api.usage;
