package io.ordinal.controller.api.write;

import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.read.FoundList;
import io.ordinal.controller.api.read.ListOptions;
import io.ordinal.controller.api.read.Lists;
import io.ordinal.controller.api.read.Peek;
import io.ordinal.controller.api.read.ReadHandler;
import io.ordinal.controller.api.select.Selection;
import io.ordinal.controller.document.ApiObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * Answers DELETE on collections: deletes each object that is selected as if it had been asked for
 * by name, and answers with their list as it was before.
 */
public final class CollectionHandler {
  /** Of one that somebody else writes at the same time. */
  private static final int ATTEMPTS = 10;

  private final Lists lists;
  private final ReadHandler printer;
  private final DeleteHandler one;
  private final int atOnce;
  private final ActorSystem<?> system;

  /**
   * @param atOnce how many objects are deleted at the same time
   */
  public CollectionHandler(
      Lists lists, ReadHandler printer, DeleteHandler one, int atOnce, ActorSystem<?> system) {
    this.atOnce = atOnce;
    this.lists = lists;
    this.printer = printer;
    this.one = one;
    this.system = system;
  }

  public CompletionStage<HttpResponse> delete(Call call) {
    call.form();
    ListOptions present = ListOptions.parsePresent(call.query());
    return one.options(call)
        .thenCompose(
            options ->
                lists
                    .find(Lists.Wanted.of(call, present))
                    .thenCompose(found -> answer(call, options, found)));
  }

  private CompletionStage<HttpResponse> answer(Call call, DeleteOptions options, FoundList found) {
    return all(call, options, found)
        .thenApply(done -> printer.answer(call, found))
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) found.close();
            });
  }

  /** No further ones once the client has hung up: its next request is to be the only one. */
  private CompletionStage<?> all(Call call, DeleteOptions options, FoundList found) {
    return found
        .documents()
        .takeWhile(document -> !call.gone().hasHappened())
        .mapAsyncUnordered(atOnce, document -> one(call, options, document, 1))
        .runWith(Sink.ignore(), system);
  }

  /**
   * Deletes what was listed, in the state that it was selected in, and nothing that has its name by
   * now. One that was changed meanwhile is looked at again; one that is gone, or not selected any
   * more, is as good as deleted.
   */
  private CompletionStage<Boolean> one(
      Call call, DeleteOptions options, byte[] document, int count) {
    ApiObject object = new ApiObject(Peek.metadata(document));
    Call its = call.at(call.path().of(object.namespace(), object.name()));
    return one.delete(its, options.only(object.uid(), object.resourceVersion()))
        .thenApply(response -> true)
        .exceptionallyCompose(
            failure -> {
              if (Failure.isNotFound(failure)) return CompletableFuture.completedStage(true);
              if (!Failure.isConflict(failure)) return CompletableFuture.failedStage(failure);
              return one.present(its, object.uid())
                  .thenCompose(
                      found -> {
                        if (found.filter(it -> isSelected(call, it)).isEmpty()) {
                          return CompletableFuture.completedStage(true);
                        }
                        boolean again = count < ATTEMPTS && options.resourceVersion().isEmpty();
                        return again
                            ? one(call, options, found.get(), count + 1)
                            : CompletableFuture.failedStage(failure);
                      });
            });
  }

  private static boolean isSelected(Call call, byte[] document) {
    return ReadHandler.matches(Selection.parse(call.kind(), call.query()), document);
  }
}
