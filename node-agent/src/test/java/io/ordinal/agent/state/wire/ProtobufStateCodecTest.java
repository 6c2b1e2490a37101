package io.ordinal.agent.state.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.agent.lifecycle.ContainerMemory;
import io.ordinal.agent.lifecycle.LifeMemory;
import io.ordinal.agent.lifecycle.Lives;
import io.ordinal.agent.lifecycle.Past;
import io.ordinal.agent.state.StoredLife;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import io.ordinal.protocol.agent.LifeStatus.ContainerState.Terminated;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProtobufStateCodecTest {
  private static final Instant NOW = Instant.parse("2026-11-20T00:00:00.123456789Z");
  private final ProtobufStateCodec codec = new ProtobufStateCodec();

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_life_comes_back_as_it_went(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    LifeOrder order =
        Lives.order(
            RestartPolicy.values()[random.nextInt(3)],
            List.of(Lives.plain("init")),
            Lives.plain("main"));
    LifeMemory memory =
        new LifeMemory(
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new LifeMemory.Stop(NOW.plusNanos(random.nextInt()))),
            random.nextBoolean(),
            "reason" + random.nextInt(),
            "message",
            List.of(container("init", random)),
            List.of(container("main", random)));
    StoredLife life = new StoredLife(order, random.nextLong(), NOW, memory, random.nextLong());
    assertThat(codec.lifeOf(codec.bytesOf(life))).as("seed %d", seed).isEqualTo(life);
  }

  private static ContainerMemory container(String name, Random random) {
    Optional<Terminated> last =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(new Terminated(random.nextInt(256), 9, "Error", "", NOW, NOW));
    Past past = new Past(random.nextInt(99), random.nextInt(9), random.nextInt(9), last);
    ContainerMemory.Stage[] stages = ContainerMemory.Stage.values();
    return new ContainerMemory(
        name,
        past,
        stages[random.nextInt(stages.length)],
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean());
  }

  @Test
  void nonsense_is_refused() {
    byte[] nonsense = "nonsense".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> codec.lifeOf(nonsense)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> codec.sessionOf(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
