package io.ordinal.protocol.wire;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;

/** Actor references on the wire. */
final class References {
  private final ActorRefResolver resolver;

  References(ActorRefResolver resolver) {
    this.resolver = resolver;
  }

  String toWire(ActorRef<?> reference) {
    return resolver.toSerializationFormat(reference);
  }

  <T> ActorRef<T> fromWire(String wire, String whose) {
    return resolver.resolveActorRef(Needed.text(wire, whose));
  }
}
