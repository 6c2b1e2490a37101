package io.ordinal.controller.store.raft;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.ratis.metrics.LongCounter;
import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.metrics.MetricRegistryInfo;
import org.apache.ratis.metrics.RatisMetricRegistry;
import org.apache.ratis.metrics.Timekeeper;
import org.apache.ratis.util.TimeDuration;

/**
 * Counts and times nothing. Nobody reads what Ratis measures of itself at every step of a write.
 * Public, with a constructor, because a service loader makes it.
 */
public final class NoMetrics extends MetricRegistries {
  private static final Timekeeper.Context STOPPED = () -> 0;
  private static final Timekeeper TIMER = () -> STOPPED;

  private static final LongCounter COUNTER =
      new LongCounter() {
        @Override
        public void inc(long more) {
          // Not counted.
        }

        @Override
        public void dec(long less) {
          // Not counted.
        }

        @Override
        public long getCount() {
          return 0;
        }
      };

  private record Registry(MetricRegistryInfo info) implements RatisMetricRegistry {
    @Override
    public Timekeeper timer(String name) {
      return TIMER;
    }

    @Override
    public LongCounter counter(String name) {
      return COUNTER;
    }

    @Override
    public boolean remove(String name) {
      return false;
    }

    @Override
    public <T> void gauge(String name, Supplier<Supplier<T>> gauge) {
      // Nobody looks at it.
    }

    @Override
    public MetricRegistryInfo getMetricRegistryInfo() {
      return info;
    }
  }

  @Override
  public RatisMetricRegistry create(MetricRegistryInfo info) {
    return new Registry(info);
  }

  @Override
  public Optional<RatisMetricRegistry> get(MetricRegistryInfo info) {
    return Optional.empty();
  }

  @Override
  public void clear() {
    // Nothing is kept.
  }

  @Override
  public boolean remove(MetricRegistryInfo info) {
    return false;
  }

  @Override
  public Set<MetricRegistryInfo> getMetricRegistryInfos() {
    return Set.of();
  }

  @Override
  public Collection<RatisMetricRegistry> getMetricRegistries() {
    return List.of();
  }

  @Override
  public void addReporterRegistration(
      Consumer<RatisMetricRegistry> reporter, Consumer<RatisMetricRegistry> stop) {
    // Whoever is to report has nothing to.
  }

  @Override
  public void enableJmxReporter() {
    throw new UnsupportedOperationException("nothing is measured");
  }

  @Override
  public void enableConsoleReporter(TimeDuration period) {
    throw new UnsupportedOperationException("nothing is measured");
  }
}
