package io.ordinal.controller.document.drill;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * How far a drill is, and what was seen. Everything that is decided during a drill stands here, so
 * that any controller can go on with it.
 *
 * @param verdict absent until it is done
 * @param message one line for people
 * @param reasons why it was refused, aborted or failed
 * @param warnings what will not come back while the fault lasts, told beforehand
 * @param startedAt when it was first looked at
 * @param injectedAt when the fault was first sent; times count from there
 * @param observedAt when the last target said that it has the fault
 * @param revertingAt when it was decided to take the fault back
 * @param revertedAt when the last target said that it has no fault any more
 * @param finishedAt when the verdict was given
 * @param service what the controllers did for their clients meanwhile
 * @param lastScheduleTime of a schedule: for when it last made a drill
 * @param active of a schedule: its drills that are not done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DrillStatus(
    @JsonProperty("phase") DrillPhase phase,
    @JsonProperty("verdict") DrillVerdict verdict,
    @JsonProperty("message") String message,
    @JsonProperty("reasons") List<String> reasons,
    @JsonProperty("warnings") List<String> warnings,
    @JsonProperty("startedAt") Instant startedAt,
    @JsonProperty("injectedAt") Instant injectedAt,
    @JsonProperty("observedAt") Instant observedAt,
    @JsonProperty("revertingAt") Instant revertingAt,
    @JsonProperty("revertedAt") Instant revertedAt,
    @JsonProperty("finishedAt") Instant finishedAt,
    @JsonProperty("targets") List<TargetStatus> targets,
    @JsonProperty("replicas") List<ReplicaStatus> replicas,
    @JsonProperty("times") Times times,
    @JsonProperty("requests") Requests requests,
    @JsonProperty("service") Service service,
    @JsonProperty("timeline") List<Moment> timeline,
    @JsonProperty("lastScheduleTime") Instant lastScheduleTime,
    @JsonProperty("active") List<String> active) {
  /** Of a drill that nobody has looked at. */
  public static final DrillStatus NEW = new DrillStatusEdit().done();

  /** A copy to be changed. */
  public DrillStatusEdit edit() {
    return new DrillStatusEdit(this);
  }

  /**
   * One place that the fault hits.
   *
   * @param kind Node, Controller or Replica
   * @param node whose agent carries the fault out; absent for a controller that is no node
   * @param state Waiting, Injected, Reverted, Refused or Silent
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TargetStatus(
      @JsonProperty("kind") String kind,
      @JsonProperty("name") String name,
      @JsonProperty("node") String node,
      @JsonProperty("state") String state,
      @JsonProperty("message") String message) {}

  /**
   * What one replica went through.
   *
   * @param forecast what was expected of it: Moves, Restarts, Waits, GoesOn or Untouched
   * @param addressKept absent when it has no address afterwards
   * @param volumeKept absent when it had no volume that outlasts a life
   * @param overlapMillis for how long two of its lives ran at once; absent when nothing is known
   * @param evidence what the overlap was judged by
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ReplicaStatus(
      @JsonProperty("name") String name,
      @JsonProperty("set") String set,
      @JsonProperty("forecast") String forecast,
      @JsonProperty("before") Life before,
      @JsonProperty("after") Life after,
      @JsonProperty("times") Times times,
      @JsonProperty("addressKept") Boolean addressKept,
      @JsonProperty("volumeKept") Boolean volumeKept,
      @JsonProperty("overlapMillis") Long overlapMillis,
      @JsonProperty("evidence") List<String> evidence,
      @JsonProperty("requests") Requests requests) {}

  /**
   * @param uid of the pod
   * @param fenced it ends with its node's lease
   * @param restarts of its containers, added up
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Life(
      @JsonProperty("uid") String uid,
      @JsonProperty("incarnation") Long incarnation,
      @JsonProperty("node") String node,
      @JsonProperty("address") String address,
      @JsonProperty("volumes") List<String> volumes,
      @JsonProperty("fenced") Boolean fenced,
      @JsonProperty("restarts") Integer restarts) {}

  /**
   * Milliseconds since the fault was sent; what never happened is absent.
   *
   * @param detected the first sign of the fault in the store
   * @param fenced the session is over, or the agent vouched for the end of the life
   * @param placed the next life has a node
   * @param ready ready again
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Times(
      @JsonProperty("detectedMillis") Long detected,
      @JsonProperty("fencedMillis") Long fenced,
      @JsonProperty("placedMillis") Long placed,
      @JsonProperty("readyMillis") Long ready) {
    public static final Times NONE = new Times(null, null, null, null);
  }

  /** What a probing client met. */
  public record Requests(
      @JsonProperty("sent") Long sent,
      @JsonProperty("lost") Long lost,
      @JsonProperty("longestGapMillis") Long longestGap) {}

  /**
   * How far the controllers served while the fault lasted, as one of those that were left saw it.
   *
   * @param writes what a client met that wrote again and again; the longest gap is between two
   *     writes that were acknowledged
   * @param sequencing when sets were looked after again by another controller; absent when the one
   *     that did so went on
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Service(
      @JsonProperty("writes") Requests writes, @JsonProperty("sequencingMillis") Long sequencing) {}

  /** Something worth telling, so many milliseconds after the fault was sent. */
  public record Moment(@JsonProperty("atMillis") Long at, @JsonProperty("what") String what) {}
}
