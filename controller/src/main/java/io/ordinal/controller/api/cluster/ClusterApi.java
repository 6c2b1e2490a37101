package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.auth.Identity;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Answers requests below {@code /ordinal/v1}. */
@FunctionalInterface
public interface ClusterApi {
  /** The first segment of its paths. */
  String PREFIX = "ordinal";

  /**
   * @param identity by the certificate of the connection
   * @param path segments after {@code ordinal}
   * @return may fail with a {@code StatusException}
   */
  CompletionStage<HttpResponse> handle(HttpRequest request, Identity identity, List<String> path);
}
