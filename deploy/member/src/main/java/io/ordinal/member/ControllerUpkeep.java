package io.ordinal.member;

import io.ordinal.member.pki.Identity;

/** Renews the certificates of a controller from the authority in its own copy of the store. */
final class ControllerUpkeep {
  private ControllerUpkeep() {}

  static Upkeep start(MemberSettings settings, OpenController controller) {
    return Upkeep.start(() -> look(settings, controller), settings.upkeep(), settings.upkeep());
  }

  private static void look(MemberSettings settings, OpenController controller) {
    Identity before = controller.credentials().admin();
    controller.authority().renew(controller.credentials(), settings.certificates());
    if (controller.credentials().admin() != before) {
      ControllerAccess.writeKubeconfig(settings, controller.credentials());
    }
  }
}
