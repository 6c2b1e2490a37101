package io.ordinal.controller.api.http;

import io.ordinal.controller.api.http.Status.Details;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.model.Verdict.Cause;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The refusals that Kubernetes knows, in its words. */
public final class Refusal {
  private static final String CHANGED =
      "the object has been modified; please apply your changes to the latest version and try again";

  private Refusal() {}

  public static StatusException badRequest(String message) {
    return new StatusException(new Status(400, "BadRequest", message, Optional.empty()));
  }

  public static StatusException unauthorized() {
    return new StatusException(new Status(401, "Unauthorized", "Unauthorized", Optional.empty()));
  }

  public static StatusException forbidden(Details details, String message) {
    return new StatusException(new Status(403, "Forbidden", message, Optional.of(details)));
  }

  /** {@code statefulsets.apps "x" is forbidden: why}. */
  public static StatusException forbidden(
      ResourceKind kind, String name, String why, List<Cause> causes) {
    Details details = new Details(name, kind.group(), kind.plural(), "", causes, 0);
    return forbidden(details, kind.resource() + " \"" + name + "\" is forbidden: " + why);
  }

  public static StatusException notFound(ResourceKind kind, String name) {
    return new StatusException(
        new Status(
            404,
            "NotFound",
            kind.resource() + " \"" + name + "\" not found",
            Optional.of(about(kind, name))));
  }

  public static StatusException unknownResource() {
    return new StatusException(
        new Status(
            404,
            "NotFound",
            "the server could not find the requested resource",
            Optional.of(Details.NONE)));
  }

  public static StatusException methodNotAllowed() {
    return new StatusException(
        new Status(
            405,
            "MethodNotAllowed",
            "the server does not allow this method on the requested resource",
            Optional.of(Details.NONE)));
  }

  /**
   * What Kubernetes has and this server has not.
   *
   * @param what as the subject of a sentence
   */
  public static StatusException notSupported(String what) {
    return notSupported(what, "");
  }

  /**
   * The same.
   *
   * @param instead what to do, or nothing
   */
  public static StatusException notSupported(String what, String instead) {
    String way = instead.isEmpty() ? "" : "; " + instead;
    return new StatusException(
        new Status(
            405,
            "MethodNotAllowed",
            what + " is not supported by Ordinal" + way,
            Optional.of(Details.NONE)));
  }

  public static StatusException notAcceptable(String message) {
    return new StatusException(new Status(406, "NotAcceptable", message, Optional.empty()));
  }

  public static StatusException unsupportedMediaType(String message) {
    return new StatusException(new Status(415, "UnsupportedMediaType", message, Optional.empty()));
  }

  public static StatusException alreadyExists(ResourceKind kind, String name) {
    return new StatusException(
        new Status(
            409,
            "AlreadyExists",
            kind.resource() + " \"" + name + "\" already exists",
            Optional.of(about(kind, name))));
  }

  /** Something is not there that is no object. */
  public static StatusException notFound(String message) {
    return new StatusException(new Status(404, "NotFound", message, Optional.of(Details.NONE)));
  }

  /** A conflict that is about no object. */
  public static StatusException conflict(String message) {
    return new StatusException(new Status(409, "Conflict", message, Optional.of(Details.NONE)));
  }

  /** A conflict whose causes say where it is. */
  public static StatusException conflict(String message, List<Cause> causes) {
    Details details = new Details("", "", "", "", causes, 0);
    return new StatusException(new Status(409, "Conflict", message, Optional.of(details)));
  }

  /** Somebody else changed the object that the request was made from. */
  public static StatusException modified(ResourceKind kind, String name) {
    return conflict(kind, kind.resource().value(), name, CHANGED);
  }

  /**
   * @param subject the qualified plural, or the Kind where Kubernetes says so
   */
  public static StatusException conflict(
      ResourceKind kind, String subject, String name, String why) {
    String message = "Operation cannot be fulfilled on " + subject + " \"" + name + "\": " + why;
    return new StatusException(
        new Status(409, "Conflict", message, Optional.of(about(kind, name))));
  }

  public static StatusException invalid(ResourceKind kind, String name, List<Cause> causes) {
    return invalid(kind.group(), kind.kind(), name, causes);
  }

  /** {@code StatefulSet.apps "x" is invalid: spec.replicas: Invalid value: ...}. */
  public static StatusException invalid(
      String group, String kind, String name, List<Cause> causes) {
    String qualified = group.isEmpty() ? kind : kind + "." + group;
    String faults =
        causes.stream().map(Refusal::fault).distinct().collect(Collectors.joining(", "));
    if (causes.stream().map(Refusal::fault).distinct().count() > 1) faults = "[" + faults + "]";
    String message = qualified + " \"" + name + "\" is invalid: " + faults;
    Details details = new Details(name, group, kind, "", causes, 0);
    return new StatusException(new Status(422, "Invalid", message, Optional.of(details)));
  }

  /** A JSON Patch that cannot be applied to this object. */
  public static StatusException unprocessable() {
    return new StatusException(
        new Status(
            422,
            "Invalid",
            "the server rejected our request due to an error in our request",
            Optional.of(Details.NONE)));
  }

  public static StatusException tooLarge(long limitBytes) {
    return tooLarge("limit is " + limitBytes);
  }

  /**
   * @param why what there is too much of
   */
  public static StatusException tooLarge(String why) {
    return new StatusException(
        new Status(
            413,
            "RequestEntityTooLarge",
            "Request entity too large: " + why,
            Optional.of(Details.NONE)));
  }

  /** A body within the limit of bytes that takes too long to read all the same. */
  public static StatusException tooManyValues(int most) {
    return tooLarge("limit is " + most + " values in it");
  }

  public static StatusException tooMany(String message) {
    Details details = new Details("", "", "", "", List.of(), 1);
    return new StatusException(new Status(429, "TooManyRequests", message, Optional.of(details)));
  }

  /** An eviction that would disrupt too much now. Says not when to try again, as in Kubernetes. */
  public static StatusException disrupting(String message, String why) {
    Cause cause = new Cause("DisruptionBudget", why, "");
    Details details = new Details("", "", "", "", List.of(cause), 0);
    return new StatusException(new Status(429, "TooManyRequests", message, Optional.of(details)));
  }

  public static StatusException expired(String message) {
    return new StatusException(new Status(410, "Expired", message, Optional.empty()));
  }

  public static StatusException internal(String message) {
    return new StatusException(
        new Status(
            500,
            "InternalError",
            "Internal error occurred: " + message,
            Optional.of(Details.NONE)));
  }

  public static StatusException unavailable(String message) {
    Details details = new Details("", "", "", "", List.of(), 1);
    return new StatusException(
        new Status(503, "ServiceUnavailable", message, Optional.of(details)));
  }

  /** The client has seen a revision that this store has not reached. */
  public static StatusException tooNew(long asked, long current) {
    Cause cause = new Cause("ResourceVersionTooLarge", "Too large resource version", "");
    String message = "Timeout: Too large resource version: " + asked + ", current: " + current;
    Details details = new Details("", "", "", "", List.of(cause), 1);
    return new StatusException(new Status(504, "Timeout", message, Optional.of(details)));
  }

  public static StatusException timeout(String message) {
    Details details = new Details("", "", "", "", List.of(), 1);
    return new StatusException(
        new Status(504, "Timeout", "Timeout: " + message, Optional.of(details)));
  }

  /** What a replica answered, as a Status. The only place that maps the one to the other. */
  public static StatusException of(
      ResourceKind kind, String name, Verdict.Rejected<?> rejected, long limitBytes) {
    String why = rejected.message();
    return switch (rejected.reason()) {
      case BAD_REQUEST -> badRequest(why);
      case UNAUTHORIZED -> unauthorized();
      case FORBIDDEN -> forbidden(kind, name, why, rejected.causes());
      case NOT_FOUND -> notFound(kind, name);
      case ALREADY_EXISTS -> alreadyExists(kind, name);
      case CONFLICT ->
          new StatusException(new Status(409, "Conflict", why, Optional.of(about(kind, name))));
      case INVALID ->
          rejected.causes().isEmpty()
              ? invalid(kind, name, List.of(new Cause("FieldValueInvalid", why, "")))
              : invalid(kind, name, rejected.causes());
      case TOO_LARGE -> tooLarge(limitBytes);
    };
  }

  private static String fault(Cause cause) {
    return cause.field().isEmpty() ? cause.message() : cause.field() + ": " + cause.message();
  }

  private static Details about(ResourceKind kind, String name) {
    return new Details(name, kind.group(), kind.plural(), "", List.of(), 0);
  }
}
