package io.ordinal.controller.api.write;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.read.Listing.Page;
import io.ordinal.controller.api.read.Peek;
import io.ordinal.controller.api.read.ReadHandler;
import io.ordinal.controller.document.ApiObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Answers DELETE on collections: deletes each object that is selected as if it had been asked for
 * by name, and answers with their list as it was before.
 */
public final class CollectionHandler {
  /** Together they share what their writes cost; more would crowd out others. */
  private static final int AT_ONCE = 16;

  private final ReadHandler lists;
  private final DeleteHandler one;
  private final ActorSystem<?> system;

  public CollectionHandler(ReadHandler lists, DeleteHandler one, ActorSystem<?> system) {
    this.lists = lists;
    this.one = one;
    this.system = system;
  }

  public CompletionStage<HttpResponse> delete(Call call) {
    call.form();
    return one.options(call)
        .thenCompose(
            options ->
                lists
                    .page(call)
                    .thenCompose(read -> all(call, options, read.value()).thenApply(done -> read)))
        .thenApply(read -> Answer.warned(lists.print(call, read.value()), read.warnings()));
  }

  private CompletionStage<?> all(Call call, DeleteOptions options, Page page) {
    return Source.from(page.documents())
        .mapAsyncUnordered(AT_ONCE, document -> one(call, options, document))
        .runWith(Sink.ignore(), system);
  }

  /** One that is gone already is as good as deleted. */
  private CompletionStage<Boolean> one(Call call, DeleteOptions options, byte[] document) {
    ApiObject object = new ApiObject(Peek.metadata(document));
    Call its = call.at(call.path().of(object.namespace(), object.name()));
    return one.delete(its, options)
        .thenApply(response -> true)
        .exceptionallyCompose(
            failure ->
                Failure.isNotFound(failure)
                    ? CompletableFuture.completedStage(true)
                    : CompletableFuture.failedStage(failure));
  }
}
