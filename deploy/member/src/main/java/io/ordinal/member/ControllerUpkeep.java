package io.ordinal.member;

import io.ordinal.controller.cluster.ControllerRecord;
import io.ordinal.controller.cluster.Controllers;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.member.contact.KnownControllers;
import io.ordinal.member.contact.KnownControllers.Known;
import io.ordinal.member.pki.Identity;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Notes where a controller is, keeps the administrator's token in a file, renews its certificates
 * from the authority in its own copy of the store, remembers where the others are, and asks them
 * whether it is still one while it hears of no leader.
 */
final class ControllerUpkeep {
  private final MemberSettings settings;
  private final OpenController controller;
  private final Belonging belonging;
  private final KnownControllers known;
  private final Consumer<Throwable> out;

  private ControllerUpkeep(
      MemberSettings settings, OpenController controller, Consumer<Throwable> out) {
    this.settings = settings;
    this.controller = controller;
    this.known = new KnownControllers(settings.directory().controllers());
    this.belonging = new Belonging(known, controller.store(), controller.credentials());
    this.out = out;
  }

  /**
   * @param out told when the cluster has removed this controller
   */
  static Upkeep start(
      MemberSettings settings,
      OpenController controller,
      InstantSource clock,
      Consumer<Throwable> out) {
    ControllerUpkeep upkeep = new ControllerUpkeep(settings, controller, out);
    Duration first = settings.upkeep().dividedBy(10); // One that was removed should not stay long.
    OwnRecord record = OwnRecord.of(settings, controller.store(), clock);
    AdminTokenFile token = new AdminTokenFile(settings, controller.store());
    return Upkeep.start(record::look, Duration.ZERO, first)
        .with(token::look, Duration.ZERO, first)
        .with(upkeep::look, first, settings.upkeep())
        .with(upkeep::remember, first, first);
  }

  /** By its own copy, for the day on which it has lost that. */
  private void remember() {
    List<ControllerRecord> records =
        controller
            .store()
            .store()
            .read(Freshness.LOCAL, Controllers::in)
            .toCompletableFuture()
            .join();
    known.remember(withCopies(records, controller.store().group().members()));
  }

  /** A restored store has records of the controllers of before, which are off for good. */
  static List<Known> withCopies(List<ControllerRecord> records, List<StoreGroup.Member> members) {
    Set<UUID> copies = members.stream().map(StoreGroup.Member::id).collect(Collectors.toSet());
    return records.stream()
        .filter(each -> copies.contains(each.id()))
        .map(each -> new Known(each.name(), each.seat().place(), URI.create(each.api())))
        .toList();
  }

  private void look() throws InterruptedException {
    Identity before = controller.credentials().admin();
    controller.authority().renew(controller.credentials(), settings.certificates());
    if (controller.credentials().admin() != before) {
      ControllerAccess.writeKubeconfig(settings, controller.credentials());
    }
    if (belonging.isSure()) return;
    try {
      belonging.ask();
    } catch (NoWayBack removed) {
      out.accept(removed);
    }
  }
}
