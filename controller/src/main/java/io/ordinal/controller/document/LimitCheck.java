package io.ordinal.controller.document;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Holds what something asks for against one item of a LimitRange.
 *
 * @param type of the item, such as Container
 * @param resources with {@code requests} and {@code limits}
 * @param faults are added to
 */
record LimitCheck(String type, JsonNode resources, List<String> faults) {
  void least(String resource, JsonNode least) {
    String rule = "minimum " + usage(resource, least);
    JsonNode request = request(resource);
    JsonNode limit = limit(resource);
    if (!given(request)) faults.add(rule + ".  No request is specified");
    else if (less(request, least)) faults.add(rule + ", but request is " + request.asString());
    else if (given(limit) && less(limit, least)) {
      faults.add(rule + ", but limit is " + limit.asString());
    }
  }

  void most(String resource, JsonNode most) {
    String rule = "maximum " + usage(resource, most);
    JsonNode request = request(resource);
    JsonNode limit = limit(resource);
    if (!given(limit)) faults.add(rule + ".  No limit is specified");
    else if (less(most, limit)) faults.add(rule + ", but limit is " + limit.asString());
    else if (given(request) && less(most, request)) {
      faults.add(rule + ", but request is " + request.asString());
    }
  }

  /** As {@link #most}, of what has requests only. */
  void mostRequested(String resource, JsonNode most) {
    String rule = "maximum " + usage(resource, most);
    JsonNode request = request(resource);
    if (!given(request)) faults.add(rule + ".  No request is specified");
    else if (less(most, request)) faults.add(rule + ", but request is " + request.asString());
  }

  void ratio(String resource, JsonNode most) {
    String rule = resource + " max limit to request ratio per " + type + " is " + most.asString();
    BigDecimal request = value(request(resource));
    BigDecimal limit = value(limit(resource));
    if (request.signum() == 0) {
      faults.add(rule + ", but no request is specified or request is 0");
    } else if (limit.signum() == 0) {
      faults.add(rule + ", but no limit is specified or limit is 0");
    } else if (limit.compareTo(request.multiply(value(most))) > 0) {
      BigDecimal ratio = limit.divide(request, 6, RoundingMode.HALF_EVEN);
      faults.add(rule + String.format(Locale.ROOT, ", but provided ratio is %f", ratio));
    }
  }

  private String usage(String resource, JsonNode bound) {
    return resource + " usage per " + type + " is " + bound.asString();
  }

  private JsonNode request(String resource) {
    return resources.path("requests").path(resource);
  }

  private JsonNode limit(String resource) {
    return resources.path("limits").path(resource);
  }

  private static boolean given(JsonNode quantity) {
    return !quantity.isMissingNode() && !quantity.isNull();
  }

  private static boolean less(JsonNode one, JsonNode other) {
    return Quantities.compare(one, other) < 0;
  }

  private static BigDecimal value(JsonNode quantity) {
    return Quantities.parse(quantity).orElse(BigDecimal.ZERO);
  }
}
