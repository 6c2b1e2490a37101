package io.ordinal.tests.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Headers, sensible and not. */
final class Headers {
  private static final String META = ";v=v1;g=meta.k8s.io";
  private static final List<String> ACCEPTS =
      List.of(
          "application/json",
          "application/json;as=Table" + META + ",application/json",
          "application/json;as=PartialObjectMetadata" + META,
          "application/json;as=PartialObjectMetadataList" + META,
          "application/json;as=Table;v=v9;g=meta.k8s.io,application/json",
          "application/vnd.kubernetes.protobuf,application/json",
          "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json",
          "application/yaml",
          "text/html, */*",
          "*/*",
          ",,;;=,*/*",
          "application/json;q=0, */*;q=0.1");

  private final Chaos chaos;

  Headers(Chaos chaos) {
    this.chaos = chaos;
  }

  List<String> some() {
    List<String> headers = new ArrayList<>();
    if (chaos.oneIn(2)) headers.add("Accept: " + chaos.any(ACCEPTS));
    if (chaos.oneIn(4)) headers.add("Accept-Encoding: gzip");
    if (chaos.oneIn(6)) headers.add("User-Agent: " + RequestMaker.plain(chaos.text()));
    if (chaos.oneIn(20))
      headers.add("X-" + (1 + chaos.chance.nextInt(9)) + ": " + RequestMaker.plain(chaos.text()));
    if (chaos.oneIn(60)) headers.add("Accept: " + RequestMaker.plain(chaos.text()));
    if (chaos.oneIn(80)) headers.add("X-Long: " + "y".repeat(chaos.chance.nextInt(12_000)));
    if (chaos.oneIn(100)) headers.add("Expect: 100-continue");
    if (chaos.oneIn(100)) headers.add("Content-Encoding: gzip");
    if (chaos.oneIn(100)) headers.add("If-None-Match: \"" + chaos.chance.nextInt() + "\"");
    if (chaos.oneIn(100)) headers.add("Range: bytes=0-1");
    if (chaos.oneIn(200)) headers.add("X-\u00e9: \u00e9\ud83d\ude00");
    if (chaos.oneIn(200)) headers.add("Upgrade: websocket\r\nConnection: Upgrade");
    return headers;
  }
}
