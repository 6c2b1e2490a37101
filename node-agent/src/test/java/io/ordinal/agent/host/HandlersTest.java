package io.ordinal.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.agent.drill.FaultRoom;
import io.ordinal.agent.exec.StreamRoom;
import io.ordinal.agent.workload.Workload;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The receive builder is not checked by the compiler. */
class HandlersTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        NodeAgent.class,
        Greeter.class,
        HostedLives.class,
        Refresher.class,
        Workload.class,
        FaultRoom.class,
        StreamRoom.class
      })
  void every_command_has_a_handler(Class<?> actor) {
    List<String> handlers = Arrays.stream(actor.getDeclaredMethods()).map(Method::getName).toList();
    Class<?> commands =
        Arrays.stream(actor.getDeclaredClasses())
            .filter(each -> each.getSimpleName().equals("Command"))
            .findFirst()
            .orElseThrow();
    assertThat(commands.getPermittedSubclasses()).isNotEmpty();
    for (Class<?> command : commands.getPermittedSubclasses()) {
      assertThat(handlers).contains("on" + command.getSimpleName());
    }
  }
}
