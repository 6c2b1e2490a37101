package io.ordinal.bench;

import io.ordinal.controller.document.Json;
import java.util.ArrayList;
import java.util.List;

/** Watchers that read nothing while others write large objects. */
final class DeafWatchers implements Siege {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final int WATCHERS = 20;
  private static final int OBJECT_BYTES = 1 << 20;
  private static final int WRITES = 300;

  @Override
  public void lay(Town town) throws Exception {
    List<HttpLine> deaf = new ArrayList<>();
    try (HttpLine line = town.line()) {
      String revision =
          Json.object(line.get(MAPS + "?limit=1").body())
              .at("/metadata/resourceVersion")
              .asString();
      for (int i = 0; i < WATCHERS; i++) {
        HttpLine each = town.line();
        each.open(MAPS + "?watch=1&resourceVersion=" + revision);
        deaf.add(each);
      }
      line.ask("POST", MAPS, Siege.configMap("loud", 10));
      double most = 0;
      int refused = 0;
      long begin = System.nanoTime();
      for (int i = 0; i < WRITES; i++) {
        byte[] map = Siege.configMap("loud", OBJECT_BYTES - i);
        if (line.ask("PUT", MAPS + "/loud", map).status() != 200) refused++;
        if (i % 20 == 0) most = Math.max(most, town.member().rssMib());
      }
      town.say(
          "deaf_seconds", (System.nanoTime() - begin) / 1e9, "for " + WRITES + " writes of 1 MiB");
      town.say("deaf_refused", refused, "of them refused");
      town.say("deaf_rss_most_mib", most, "most memory of the member meanwhile");
      town.say(
          "deaf_heap_mib", town.member().liveHeapMib(), "live heap afterwards, with the deaf ones");
      line.ask("DELETE", MAPS + "/loud", new byte[0]);
    }
    int cut = 0;
    for (HttpLine each : deaf) if (each.endsWithin(2_000)) cut++;
    town.say("deaf_cut", cut, "watches of " + WATCHERS + " that were ended");
    for (HttpLine each : deaf) each.close();
  }
}
