package io.ordinal.controller.api.http;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a body says.
 *
 * @param duplicates paths of fields that were given twice, such as {@code spec.replicas}; the last
 *     one counts
 */
public record Document(JsonNode tree, List<String> duplicates) {}
