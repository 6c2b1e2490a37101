package io.ordinal.controller.document.drill;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What is rehearsed.
 *
 * @param way Graceful, Kill, Freeze or CutOff
 * @param duration how long the fault lasts, such as 60s
 * @param sets those that are observed, as {@code namespace/name}; none: all with a pod on the
 *     target
 * @param timeout how long the whole drill may take
 * @param dryRun only tells what would happen
 * @param schedule five fields of cron, in UTC; then the drill itself does nothing but make others
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DrillSpec(
    @JsonProperty("target") Target target,
    @JsonProperty("way") String way,
    @JsonProperty("duration") String duration,
    @JsonProperty("sets") List<String> sets,
    @JsonProperty("steadyState") SteadyState steadyState,
    @JsonProperty("allowDegraded") Boolean allowDegraded,
    @JsonProperty("allowStranded") Boolean allowStranded,
    @JsonProperty("timeout") String timeout,
    @JsonProperty("probe") Probe probe,
    @JsonProperty("dryRun") Boolean dryRun,
    @JsonProperty("abort") Boolean abort,
    @JsonProperty("schedule") String schedule,
    @JsonProperty("suspend") Boolean suspend,
    @JsonProperty("successfulDrillsHistoryLimit") Integer successfulDrillsHistoryLimit,
    @JsonProperty("failedDrillsHistoryLimit") Integer failedDrillsHistoryLimit) {

  /** Exactly one of them. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Target(
      @JsonProperty("node") String node,
      @JsonProperty("controller") String controller,
      @JsonProperty("replica") String replica,
      @JsonProperty("rack") Rack rack) {}

  /** All nodes with this label. */
  public record Rack(@JsonProperty("label") String label, @JsonProperty("value") String value) {}

  /**
   * @param readyFor how long every replica must have been ready, before and after
   */
  public record SteadyState(@JsonProperty("readyFor") String readyFor) {}

  /** Exactly one of tcp, http and redis. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Probe(
      @JsonProperty("tcp") Port tcp,
      @JsonProperty("http") HttpPort http,
      @JsonProperty("redis") Port redis,
      @JsonProperty("interval") String interval) {}

  /** Where a probing client connects to. */
  public record Port(@JsonProperty("port") Integer port) {}

  /** What a probing client asks for. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record HttpPort(@JsonProperty("port") Integer port, @JsonProperty("path") String path) {}
}
