package io.ordinal.controller.replica;

/** An offence against the rules of the house, planted to show that they bite. */
public final class PlantedUseOfApi {
  static final Class<?> API = io.ordinal.controller.api.kind.ResourceKind.class;
  static final Class<?> AGENT = io.ordinal.agent.driver.Driver.class;
}
