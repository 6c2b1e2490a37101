package io.ordinal.controller.metric;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.StoreGroup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The figures of one controller, in the text format of Prometheus. */
public final class Figures implements AutoCloseable {
  private final ObjectStore store;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final MultiGauge pods =
      gauge("ordinal.pods", "Pods by state: leaving, ready, or their phase");
  private final MultiGauge wanted = gauge("ordinal.set.replicas.wanted", "Replicas a set asks for");
  private final MultiGauge ready = gauge("ordinal.set.replicas.ready", "Replicas that are ready");
  private final MultiGauge sessions =
      gauge("ordinal.nodes", "Nodes by the standing of their latest session");
  private final MultiGauge budgets =
      gauge("ordinal.budget.disruptions.allowed", "Pods that a disruption budget lets go now");
  private volatile long revision;

  /**
   * @param refusedAgents how often the front door turned somebody away who spoke for another
   *     machine's node
   */
  public Figures(ObjectStore store, StoreGroup group, LongSupplier refusedAgents) {
    this.store = store;
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
    FunctionCounter.builder("ordinal.agents.refused", refusedAgents, LongSupplier::getAsLong)
        .description("Requests of agents that spoke for another machine's node")
        .register(registry);
    Gauge.builder("ordinal.store.revision", () -> revision)
        .description("Revision of this controller's copy")
        .register(registry);
    Gauge.builder("ordinal.store.members", () -> group.members().size())
        .description("Controllers that have a copy of the store")
        .register(registry);
    Gauge.builder("ordinal.store.leader", () -> leads(group) ? 1 : 0)
        .description("1 on the controller whose store leads")
        .register(registry);
    Gauge.builder("ordinal.store.age.seconds", () -> group.age().toMillis() / 1e3)
        .description("Time since a majority was last heard of, 0 while there is one")
        .register(registry);
  }

  private static boolean leads(StoreGroup group) {
    return group.leader().filter(each -> each.equals(group.self())).isPresent();
  }

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  /** Counts anew what this controller's copy holds. */
  public CompletionStage<String> text() {
    return store
        .read(Freshness.LOCAL, Counts::of)
        .thenApply(
            counts -> {
              show(counts);
              return registry.scrape();
            });
  }

  private synchronized void show(Counts counts) {
    revision = counts.revision();
    pods.register(rows(counts.pods(), "state"), true);
    sessions.register(rows(counts.sessions(), "standing"), true);
    wanted.register(named(counts.sets(), Counts.Size::wanted), true);
    ready.register(named(counts.sets(), Counts.Size::ready), true);
    budgets.register(named(counts.budgets(), each -> each), true);
  }

  private static List<Row<?>> rows(Map<String, Integer> counts, String label) {
    return counts.entrySet().stream()
        .<Row<?>>map(each -> Row.of(Tags.of(label, each.getKey()), each.getValue()))
        .toList();
  }

  private static <T> List<Row<?>> named(Map<Counts.Name, T> counts, Function<T, Integer> number) {
    return counts.entrySet().stream()
        .<Row<?>>map(
            each ->
                Row.of(
                    Tags.of("namespace", each.getKey().namespace(), "name", each.getKey().name()),
                    number.apply(each.getValue())))
        .toList();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
