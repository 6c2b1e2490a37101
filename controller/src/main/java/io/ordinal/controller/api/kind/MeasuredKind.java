package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Quantities;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What pods and nodes use. Can only be read. */
abstract class MeasuredKind extends OrdinaryKind {
  private static final int BYTES_PER_MEBIBYTE = 1 << 20;
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME,
          Columns.text("CPU", "Processors used, on average over the window."),
          Columns.text("Memory", "Memory in use."),
          Columns.text("Window", "Over which processor time was counted."));

  MeasuredKind(KindNames names, Class<?> schema) {
    super(names, schema);
  }

  @Override
  public final boolean measured() {
    return true;
  }

  @Override
  public final boolean isStored() {
    return false;
  }

  @Override
  public final List<String> verbs() {
    return List.of("get", "list");
  }

  @Override
  public final List<Column> columns() {
    return COLUMNS;
  }

  /** What was used, of every part. */
  abstract List<JsonNode> usages(ApiObject measured);

  @Override
  public final List<Object> cells(ApiObject measured, Instant now) {
    BigDecimal cores = BigDecimal.ZERO;
    BigDecimal bytes = BigDecimal.ZERO;
    for (JsonNode usage : usages(measured)) {
      cores = cores.add(amount(usage.path("cpu")));
      bytes = bytes.add(amount(usage.path("memory")));
    }
    BigDecimal millicores = cores.movePointRight(3).setScale(0, RoundingMode.CEILING);
    BigDecimal mebibytes = bytes.divideToIntegralValue(BigDecimal.valueOf(BYTES_PER_MEBIBYTE));
    return List.of(
        measured.name(),
        millicores.toPlainString() + "m",
        mebibytes.toBigInteger() + "Mi",
        Tree.text(measured.tree(), "window"));
  }

  private static BigDecimal amount(JsonNode quantity) {
    return Quantities.parse(quantity.asString("0")).orElse(BigDecimal.ZERO);
  }
}
