package io.ordinal.controller.store;

import io.ordinal.protocol.id.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads the change feed of several kinds at once. */
public final class ChangeFeed {
  private static final int PAGE = 500;

  private ChangeFeed() {}

  /**
   * All changes of these kinds after a revision, up to the view's; those of one object are in their
   * order. Empty when some of them have been purged, so that everything must be looked at.
   */
  public static Optional<List<Change>> since(
      View view, Collection<ResourceName> resources, Revision after) {
    List<Change> found = new ArrayList<>();
    try {
      for (ResourceName resource : resources) collect(view, resource, after, found);
    } catch (Compacted purged) {
      return Optional.empty();
    }
    return Optional.of(found);
  }

  private static void collect(View view, ResourceName resource, Revision after, List<Change> found)
      throws Compacted {
    Revision from = after;
    List<Change> page;
    do {
      page = view.changes(resource, "", from, PAGE);
      found.addAll(page);
      if (!page.isEmpty()) from = page.get(page.size() - 1).revision();
    } while (page.size() == PAGE);
  }
}
