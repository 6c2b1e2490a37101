package io.ordinal.agent.boot;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where an agent has its things.
 *
 * @param directory everything that it remembers, and the volumes; one agent has it at a time
 * @param images the image catalogue: a directory of {@code *.conf} files
 * @param imageValues what {@code ${NAME}} in those files stands for, such as ORDINAL_HOME
 */
public record AgentPlace(Path directory, Path images, Map<String, String> imageValues) {}
