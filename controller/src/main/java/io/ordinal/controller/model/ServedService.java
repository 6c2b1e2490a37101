package io.ordinal.controller.model;

import java.util.List;

/**
 * A service as its endpoints need it.
 *
 * @param publishesUnready whether its pods count as ready whatever they are
 */
public record ServedService(
    String name, String uid, boolean headless, boolean publishesUnready, List<Port> ports) {
  /**
   * A port of the service.
   *
   * @param target number, or name of a port of the pod's containers
   * @param appProtocol empty when nothing is said about it
   */
  public record Port(String name, String protocol, String target, String appProtocol) {}
}
