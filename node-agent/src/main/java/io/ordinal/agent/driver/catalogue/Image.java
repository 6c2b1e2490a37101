package io.ordinal.agent.driver.catalogue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of the catalogue.
 *
 * @param repository normalised, with registry
 * @param tags the tags that it stands for; empty when it does not say
 * @param pinned other tags are refused instead of run with a note
 * @param root the directory that becomes the root of the containers; empty for the machine's own
 * @param entrypoint what runs when the container gives no command
 * @param args what follows when the container gives neither command nor args
 */
public record Image(
    String repository,
    Set<String> tags,
    boolean pinned,
    Optional<Path> root,
    List<String> entrypoint,
    List<String> args,
    String description) {}
