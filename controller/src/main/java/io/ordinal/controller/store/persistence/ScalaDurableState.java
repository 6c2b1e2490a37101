package io.ordinal.controller.store.persistence;

import org.apache.pekko.Done;
import org.apache.pekko.persistence.state.scaladsl.DurableStateUpdateStore;
import org.apache.pekko.persistence.state.scaladsl.GetObjectResult;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/** The same store for Scala's futures; typed behaviours use this one. */
final class ScalaDurableState<S> implements DurableStateUpdateStore<S> {
  private final ObjectStoreDurableState<S> java;

  ScalaDurableState(ObjectStoreDurableState<S> java) {
    this.java = java;
  }

  @Override
  public Future<GetObjectResult<S>> getObject(String persistenceId) {
    return FutureConverters.asScala(
        java.getObject(persistenceId)
            .thenApply(
                found ->
                    new GetObjectResult<>(
                        scala.jdk.javaapi.OptionConverters.toScala(found.value()),
                        found.revision())));
  }

  @Override
  public Future<Done> upsertObject(String persistenceId, long revision, S value, String tag) {
    return FutureConverters.asScala(java.upsertObject(persistenceId, revision, value, tag));
  }

  @Override
  @SuppressWarnings("deprecation")
  public Future<Done> deleteObject(String persistenceId) {
    return FutureConverters.asScala(java.deleteObject(persistenceId));
  }

  @Override
  public Future<Done> deleteObject(String persistenceId, long revision) {
    return FutureConverters.asScala(java.deleteObject(persistenceId, revision));
  }
}
