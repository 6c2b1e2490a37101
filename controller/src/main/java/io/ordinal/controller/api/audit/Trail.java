package io.ordinal.controller.api.audit;

import io.ordinal.controller.api.access.AccessGate.Caller;
import io.ordinal.controller.api.access.Action;
import io.ordinal.controller.api.access.Ruling;
import io.ordinal.controller.api.auth.Identity;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What is told of one request, as it goes on. */
public interface Trail {
  /** Of a request that nobody writes down. */
  Trail NONE =
      new Trail() {
        @Override
        public void sentBy(Identity sender) {}

        @Override
        public void calledBy(Caller caller) {}

        @Override
        public void wants(Action action, String version) {}

        @Override
        public void ruled(Ruling ruling) {}

        @Override
        public HttpResponse answered(HttpResponse response) {
          return response;
        }
      };

  void sentBy(Identity sender);

  void calledBy(Caller caller);

  /**
   * @param version of the API, empty for paths that name no objects
   */
  void wants(Action action, String version);

  void ruled(Ruling ruling);

  /** The response to send: the same, with what must be noted when it ends. */
  HttpResponse answered(HttpResponse response);
}
