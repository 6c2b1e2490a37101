package io.ordinal.bench;

import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The API of a cluster of one under those who ask too much of it: many watches, watchers that do
 * not read, clients that are slow, bodies that are large, many who apply to one object. Meanwhile a
 * set rolls over, another stands, and newcomers ask for the member's health. Prints a line a figure
 * and one JSON line.
 */
public final class ApiSiege {
  private static final String USAGE =
      """
      ApiSiege ORDINAL [WATCHES] [SIEGE...]
        ORDINAL   path of the command `ordinal`
        WATCHES   that are open at once (10000)
        SIEGE     rest, watches, deaf, slow, large, applies (all, in this order)
      """;

  private ApiSiege() {}

  public static void main(String[] args) throws Exception {
    Usage.ifAsked(args, USAGE);
    int watches = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    Map<String, Siege> all = new LinkedHashMap<>();
    all.put("rest", town -> Thread.sleep(10_000));
    all.put("watches", new ManyWatches(watches));
    all.put("deaf", new DeafWatchers());
    all.put("slow", new SlowClients());
    all.put("large", new LargeBodies());
    all.put("applies", new ApplyStorm());
    List<String> asked =
        args.length > 2 ? List.of(args).subList(2, args.length) : List.copyOf(all.keySet());
    try (OneMember member = new OneMember(args[0])) {
      member.up();
      Siege.Town town = new Siege.Town(member, member.server(), member.tls(), Json.object());
      try (Townsfolk folk = new Townsfolk(town)) {
        for (String name : asked) {
          folk.begin(name);
          all.get(name).lay(town);
          folk.end();
        }
      }
      System.out.println(new String(Json.bytes(town.figures()), StandardCharsets.UTF_8));
    }
  }
}
