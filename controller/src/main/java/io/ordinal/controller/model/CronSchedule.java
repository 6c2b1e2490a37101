package io.ordinal.controller.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * When something is to happen again: minute, hour, day of month, month, day of week, as cron reads
 * them, in UTC. If both days are restricted, either will do.
 */
public record CronSchedule(String text, List<BitSet> fields) {
  private static final int YEARS_AHEAD = 8; // The 29th of February may be that far away.
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  private enum Field {
    MINUTE(0, 59, List.of()),
    HOUR(0, 23, List.of()),
    DAY(1, 31, List.of()),
    MONTH(1, 12, MONTHS),
    WEEKDAY(0, 7, DAYS);

    private final int least;
    private final int most;
    private final List<String> names;

    Field(int least, int most, List<String> names) {
      this.least = least;
      this.most = most;
      this.names = names;
    }

    int value(String text) {
      int named = names.indexOf(text.toLowerCase(Locale.ROOT));
      if (named >= 0) return named + least;
      if (!text.matches("[0-9]{1,2}")) throw wrong(text);
      int value = Integer.parseInt(text);
      if (value < least || value > most) throw wrong(text);
      return value;
    }

    IllegalArgumentException wrong(String text) {
      return new IllegalArgumentException(
          "the %s of a schedule is from %d to %d, found '%s'"
              .formatted(name().toLowerCase(Locale.ROOT), least, most, text));
    }
  }

  public CronSchedule {
    fields = List.copyOf(fields);
  }

  /**
   * @throws IllegalArgumentException that says what is wrong with it
   */
  public static CronSchedule parse(String text) {
    String[] parts = text.strip().split("\\s+");
    Field[] all = Field.values();
    if (parts.length != all.length) {
      throw new IllegalArgumentException(
          "a schedule has five fields (minute hour day month weekday), found '" + text + "'");
    }
    List<BitSet> fields = new ArrayList<>();
    for (Field field : all) fields.add(values(field, parts[field.ordinal()]));
    BitSet weekdays = fields.get(Field.WEEKDAY.ordinal());
    if (weekdays.get(7)) weekdays.set(0); // Sunday has two numbers.
    return new CronSchedule(text.strip(), fields);
  }

  private static BitSet values(Field field, String text) {
    BitSet found = new BitSet();
    for (String part : text.split(",", -1)) {
      String[] stepped = part.split("/", -1);
      if (stepped.length > 2) throw field.wrong(part);
      int step = stepped.length == 2 ? step(field, stepped[1]) : 1;
      int from = field.least;
      int to = field.most;
      if (!stepped[0].equals("*")) {
        String[] range = stepped[0].split("-", -1);
        if (range.length > 2) throw field.wrong(part);
        from = field.value(range[0]);
        if (range.length == 2) to = field.value(range[1]);
        else if (stepped.length == 1) to = from;
      }
      if (to < from) throw field.wrong(part);
      for (int value = from; value <= to; value += step) found.set(value);
    }
    return found;
  }

  private static int step(Field field, String text) {
    if (!text.matches("[1-9][0-9]?")) throw field.wrong("/" + text);
    return Integer.parseInt(text);
  }

  /**
   * The first such minute after this moment; empty when there is none, as on a 30th of February.
   */
  public Optional<Instant> after(Instant moment) {
    LocalDateTime time =
        LocalDateTime.ofInstant(moment, ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.MINUTES)
            .plusMinutes(1);
    LocalDateTime end = time.plusYears(YEARS_AHEAD);
    while (time.isBefore(end)) {
      if (!has(Field.MONTH, time.getMonthValue())) {
        time = time.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).plusMonths(1);
      } else if (!onDay(time)) {
        time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
      } else if (!has(Field.HOUR, time.getHour())) {
        time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
      } else if (!has(Field.MINUTE, time.getMinute())) {
        time = time.plusMinutes(1);
      } else {
        return Optional.of(time.toInstant(ZoneOffset.UTC));
      }
    }
    return Optional.empty();
  }

  private boolean onDay(LocalDateTime time) {
    boolean day = has(Field.DAY, time.getDayOfMonth());
    DayOfWeek weekday = time.getDayOfWeek();
    boolean week = has(Field.WEEKDAY, weekday.getValue() % 7);
    boolean bothRestricted =
        !text.split("\\s+")[2].startsWith("*") && !text.split("\\s+")[4].startsWith("*");
    return bothRestricted ? day || week : day && week;
  }

  private boolean has(Field field, int value) {
    return fields.get(field.ordinal()).get(value);
  }
}
