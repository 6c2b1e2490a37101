package io.ordinal.controller.volume;

import io.ordinal.controller.document.ApiObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a claim asks for when the only node of its volume is lost: to wait for it, or an empty
 * volume elsewhere after a time. The claim's annotations go before its class's parameters. Pure.
 *
 * @param after counted from when the node was lost
 */
public record NodeLoss(boolean rebuild, Duration after) {
  public static final String ON_LOSS_PARAMETER = "onNodeLoss";
  public static final String AFTER_PARAMETER = "rebuildAfter";
  public static final String ON_LOSS = "ordinal.io/on-node-loss";
  public static final String AFTER = "ordinal.io/rebuild-after";

  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  /** As claim and class say; what cannot be read is passed over. */
  public static NodeLoss of(ApiObject claim, Optional<ApiObject> storageClass) {
    String choice = asked(claim, storageClass, ON_LOSS, ON_LOSS_PARAMETER);
    String after = asked(claim, storageClass, AFTER, AFTER_PARAMETER);
    return new NodeLoss(choice.equals("Rebuild"), duration(after).orElse(PATIENCE));
  }

  /** As it stands in the world of the claim. */
  public static NodeLoss of(ApiObject claim, VolumeWorld world) {
    return of(claim, Binding.storageClass(claim, world));
  }

  /** When a volume that was lost then is made anew, if ever. */
  public Optional<Instant> rebuildAt(Instant lostSince) {
    return rebuild ? Optional.of(lostSince.plus(after)) : Optional.empty();
  }

  private static String asked(
      ApiObject claim, Optional<ApiObject> storageClass, String annotation, String parameter) {
    String own = claim.annotations().getOrDefault(annotation, "");
    if (!own.isEmpty()) return own;
    return storageClass
        .map(found -> found.tree().path("parameters").path(parameter).asString(""))
        .orElse("");
  }

  /** Such as 90s, 10m, 1h30m; nothing when it is none. */
  public static Optional<Duration> duration(String text) {
    Matcher part = DURATION.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      long count = Long.parseLong(part.group(1));
      sum =
          sum.plus(
              switch (part.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
              });
      end = part.end();
    }
    return end == text.length() && end > 0 ? Optional.of(sum) : Optional.empty();
  }
}
