package io.ordinal.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a member end in order before the JVM begins to. In the JVM's own shutdown libraries close
 * what a member needs for a planned stop: Artery its connections to the other members, from a hook
 * that cannot be taken away, so that nobody could be asked for rest and no pod be moved.
 */
final class Termination {
  private static final Logger LOG = LoggerFactory.getLogger(Termination.class);
  private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

  private Termination() {}

  /**
   * Runs the action once, for the first of these signals, or in the JVM's shutdown where there was
   * none. The action ends the JVM by itself.
   */
  static void run(Runnable action) {
    AtomicBoolean begun = new AtomicBoolean();
    Runnable once =
        () -> {
          if (begun.compareAndSet(false, true)) action.run();
        };
    for (String signal : SIGNALS) handle(signal, once);
    Runtime.getRuntime().addShutdownHook(new Thread(once, "member-shutdown"));
  }

  /**
   * By reflection: the compiler warns of this class, which every JDK has, and warnings are errors.
   */
  private static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler called =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) action.run();
            return null;
          };
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance(name),
              Proxy.newProxyInstance(
                  Termination.class.getClassLoader(), new Class<?>[] {handler}, called));
    } catch (ReflectiveOperationException unusual) {
      LOG.warn("SIG{} cannot be handled; the member ends in the JVM's shutdown", name, unusual);
    }
  }
}
