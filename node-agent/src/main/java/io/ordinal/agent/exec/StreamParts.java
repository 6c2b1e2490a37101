package io.ordinal.agent.exec;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What every stream of a node is made with.
 *
 * @param threads may block, as many as there are streams
 * @param nanoTime monotonic
 */
record StreamParts(
    Endpoints endpoints, StreamSettings settings, Executor threads, LongSupplier nanoTime) {}
