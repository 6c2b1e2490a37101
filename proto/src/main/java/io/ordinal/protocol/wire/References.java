package io.ordinal.protocol.wire;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;

/** Actor references on the wire, for every codec that has them inside. */
public final class References {
  private final ActorRefResolver resolver;

  public References(ActorRefResolver resolver) {
    this.resolver = resolver;
  }

  public String toWire(ActorRef<?> reference) {
    return resolver.toSerializationFormat(reference);
  }

  /**
   * @param whose for the message when it is missing
   * @throws UndecodableMessage when it is blank
   */
  public <T> ActorRef<T> fromWire(String wire, String whose) {
    return resolver.resolveActorRef(Needed.text(wire, whose));
  }
}
