package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.ALPHA;
import static io.ordinal.controller.node.NodeFixtures.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.model.SessionRecord;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.agent.FrontDoorRequest.Renew;
import io.ordinal.protocol.id.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several machines of one name knock at several front doors whose decisions take their time, while
 * sessions are renewed and fenced: the log never has two of them at once.
 */
class RegistrationPropertyTest {
  private record Decided(Hello hello, RegistrationTransaction.Plan plan) {}

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_name_never_has_two_sessions_and_only_its_own_directory_closes_one(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    InMemoryObjectStore store = new InMemoryObjectStore();
    List<Decided> decided = new ArrayList<>();
    Map<Long, SessionRecord> before = new HashMap<>();
    for (int step = 0; step < 300; step++) {
      String where = "seed " + seed + " step " + step;
      UUID committer = null;
      switch (random.nextInt(4)) {
        case 0 -> decided.add(decide(store, random));
        case 1 -> {
          if (!decided.isEmpty()) {
            Decided one = decided.remove(random.nextInt(decided.size()));
            committer = one.hello().stateUuid();
            commit(store, one.plan().transaction());
          }
        }
        case 2 -> renew(store);
        default -> {
          if (random.nextInt(4) == 0) fence(store);
        }
      }
      Map<Long, SessionRecord> after = sessions(store);
      check(where, before, after, committer);
      before = after;
    }
    assertThat(before).as("seed %d", seed).hasSizeGreaterThan(2);
  }

  private static void check(
      String where,
      Map<Long, SessionRecord> before,
      Map<Long, SessionRecord> after,
      UUID committer) {
    assertThat(after.values().stream().filter(each -> !each.standing().over()).count())
        .as(where)
        .isLessThanOrEqualTo(1);
    assertThat(after.keySet()).as(where).containsAll(before.keySet());
    before.forEach(
        (number, was) -> {
          SessionRecord is = after.get(number);
          if (was.standing().over()) assertThat(is).as(where).isEqualTo(was);
          if (!was.standing().over() && is.standing() == Standing.CLOSED) {
            assertThat(committer).as(where).isEqualTo(was.session().stateUuid());
          }
        });
    long highest = before.keySet().stream().mapToLong(each -> each).max().orElse(0);
    after.keySet().stream()
        .filter(number -> !before.containsKey(number))
        .forEach(number -> assertThat(number).as(where).isGreaterThan(highest));
  }

  private static Decided decide(InMemoryObjectStore store, Random random) {
    List<Session> known = sessions(store).values().stream().map(SessionRecord::session).toList();
    UUID directory = new UUID(0, random.nextInt(3));
    String boot = "boot-" + random.nextInt(2);
    Session named =
        known.isEmpty() || random.nextBoolean() ? null : known.get(random.nextInt(known.size()));
    Hello hello =
        random.nextBoolean()
            ? NodeFixtures.hello(directory, boot, named, null)
            : NodeFixtures.vouching(directory, boot, named, null);
    return new Decided(hello, NodeFixtures.registration(store, hello));
  }

  private static void renew(InMemoryObjectStore store) {
    for (SessionRecord session : sessions(store).values()) {
      Renew renewal = new Renew(session.session(), 1, null);
      commit(
          store,
          read(
                  store,
                  view ->
                      RenewalBatch.of(view, List.of(renewal), each -> "agent", NodeFixtures.NOW))
              .transaction());
    }
  }

  private static void fence(InMemoryObjectStore store) {
    read(store, view -> Sessions.latest(view, ALPHA))
        .filter(entry -> !entry.record().standing().over())
        .ifPresent(
            entry ->
                commit(
                    store,
                    Transaction.of(
                        new Operation.PutRecord(
                            Sessions.key(entry.record().session()),
                            SessionCodec.encode(entry.record().fenced()),
                            RecordCondition.at(entry.version())))));
  }

  private static Map<Long, SessionRecord> sessions(InMemoryObjectStore store) {
    Map<Long, SessionRecord> found = new HashMap<>();
    read(store, view -> view.records(Sessions.FAMILY))
        .forEach(
            stored -> {
              SessionRecord record = SessionCodec.decode(stored.value());
              found.put(record.session().number(), record);
            });
    return found;
  }

  private static Outcome commit(InMemoryObjectStore store, Transaction transaction) {
    return store.commit(transaction).toCompletableFuture().join();
  }
}
