/**
 * Reads the protobuf bodies that typed Kubernetes clients send into the same trees as JSON, driven
 * by a table of field numbers. Used by {@code api.write}.
 */
package io.ordinal.controller.api.protobuf;
