package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus.Requests;
import io.ordinal.controller.document.drill.DrillStatus.Service;
import io.ordinal.protocol.id.ReplicaId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the witness of this controller has to say, for the drill controller if it is here. Thread
 * safe.
 */
public final class Testimonies {
  private final Map<String, Chronicle> chronicles = new ConcurrentHashMap<>();
  private final Map<String, Map<ReplicaId, Requests>> requests = new ConcurrentHashMap<>();
  private final Map<String, Service> services = new ConcurrentHashMap<>();

  /** Of the drill with this uid; nothing was seen if it is not known. */
  Testimony of(String uid) {
    return new Testimony(
        chronicles.getOrDefault(uid, Chronicle.NONE),
        requests.getOrDefault(uid, Map.of()),
        Optional.ofNullable(services.get(uid)));
  }

  void saw(String uid, Chronicle chronicle) {
    chronicles.put(uid, chronicle);
  }

  void asked(String uid, Map<ReplicaId, Requests> tallies) {
    requests.put(uid, Map.copyOf(tallies));
  }

  void served(String uid, Service service) {
    services.put(uid, service);
  }

  void forget(String uid) {
    chronicles.remove(uid);
    requests.remove(uid);
    services.remove(uid);
  }
}
