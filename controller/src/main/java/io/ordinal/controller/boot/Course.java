package io.ordinal.controller.boot;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/**
 * How it goes with a controller that was started.
 *
 * @param bound the API answers: reads at least, from this controller's copy
 * @param whole it is up in the cluster and has all that it needs
 * @param outdated with the reason, when its actor system is not part of the cluster any more and
 *     must be replaced by a new one
 */
public record Course(
    CompletionStage<Done> bound, CompletionStage<Done> whole, CompletionStage<String> outdated) {}
