package io.ordinal.controller.event;

/**
 * Where news for people is left. Never blocks, never fails; under load the news is dropped and
 * counted.
 */
@FunctionalInterface
public interface Events {
  void record(EventNote note);
}
