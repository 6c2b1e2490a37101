package io.ordinal.member;

import io.ordinal.member.pki.Identity;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Renews the certificates of a controller from the authority in its own copy of the store, and asks
 * the others whether it is still one while it hears of no leader.
 */
final class ControllerUpkeep {
  private final MemberSettings settings;
  private final OpenController controller;
  private final Belonging belonging;
  private final Consumer<Throwable> out;

  private ControllerUpkeep(
      MemberSettings settings, OpenController controller, Consumer<Throwable> out) {
    this.settings = settings;
    this.controller = controller;
    this.belonging = new Belonging(settings, controller.store(), controller.credentials());
    this.out = out;
  }

  /**
   * @param out told when the cluster has removed this controller
   */
  static Upkeep start(MemberSettings settings, OpenController controller, Consumer<Throwable> out) {
    ControllerUpkeep upkeep = new ControllerUpkeep(settings, controller, out);
    Duration first = settings.upkeep().dividedBy(10); // One that was removed should not stay long.
    return Upkeep.start(upkeep::look, first, settings.upkeep());
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
