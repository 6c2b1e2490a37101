package io.ordinal.controller.api;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.read.ConfirmedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Answers /livez, /readyz and /healthz of this controller, and of single checks below them, in the
 * form of Kubernetes. Alive is who answers at all; ready is who is in the cluster and in touch with
 * the store's majority, so that a load balancer sends writes where they can be done. A controller
 * that is not ready still answers reads.
 */
final class Health {
  /** One thing that can be wrong. */
  private record Check(String name, Optional<String> trouble) {}

  private final BooleanSupplier joined;
  private final ConfirmedStore store;

  Health(BooleanSupplier joined, ConfirmedStore store) {
    this.joined = joined;
    this.store = store;
  }

  /**
   * @param segments of the path: livez, readyz or healthz, perhaps with the name of a check
   */
  HttpResponse answer(HttpRequest request, List<String> segments) {
    Query query = Query.parse(request.getUri().rawQueryString().orElse(""));
    String endpoint = segments.get(0);
    List<Check> checks = new ArrayList<>(endpoint.equals("livez") ? alive() : ready());
    if (segments.size() > 1) checks.removeIf(each -> !each.name().equals(segments.get(1)));
    if (checks.isEmpty()) return Answer.text(404, "404 page not found\n");
    checks.removeIf(each -> query.all("exclude").contains(each.name()));
    boolean well = checks.stream().allMatch(each -> each.trouble().isEmpty());
    if (well && query.all("verbose").isEmpty()) return Answer.text(200, "ok");
    StringBuilder text = new StringBuilder();
    for (Check each : checks) {
      text.append(each.trouble().isEmpty() ? "[+]" : "[-]").append(each.name());
      text.append(each.trouble().map(why -> " failed: " + why).orElse(" ok")).append('\n');
    }
    text.append(endpoint).append(" check ").append(well ? "passed" : "failed").append('\n');
    return Answer.text(well ? 200 : 503, text.toString());
  }

  private static List<Check> alive() {
    return List.of(new Check("ping", Optional.empty()));
  }

  private List<Check> ready() {
    Optional<String> cutOff =
        store.isCutOff()
            ? Optional.of("no majority was heard of for " + store.age().toSeconds() + " s")
            : Optional.empty();
    Optional<String> outside =
        joined.getAsBoolean()
            ? Optional.empty()
            : Optional.of("this controller is not in the cluster yet");
    return List.of(
        new Check("ping", Optional.empty()),
        new Check("store", cutOff),
        new Check("cluster", outside));
  }
}
