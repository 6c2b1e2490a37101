package io.ordinal.member;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Threads of a member for what blocks, which never keep a JVM alive, and what all are at. */
final class Threads {
  private Threads() {}

  /** As many as there are things to wait for; they go when they have nothing to do. */
  static ExecutorService few(String name) {
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Where every thread of this JVM is: for the log of a member that waits for nobody knows what.
   */
  static String stacks() {
    return Thread.getAllStackTraces().entrySet().stream()
        .sorted(Comparator.comparing(each -> each.getKey().getName()))
        .map(Threads::stack)
        .collect(Collectors.joining("\n"));
  }

  private static String stack(Map.Entry<Thread, StackTraceElement[]> one) {
    Thread thread = one.getKey();
    String head = "\"%s\" %s".formatted(thread.getName(), thread.getState());
    return Stream.concat(
            Stream.of(head), Stream.of(one.getValue()).map(each -> "    at " + each.toString()))
        .collect(Collectors.joining("\n"));
  }
}
