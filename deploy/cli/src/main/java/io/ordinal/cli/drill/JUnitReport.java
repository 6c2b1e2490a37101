package io.ordinal.cli.drill;

import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillStatus.ReplicaStatus;
import io.ordinal.controller.document.drill.DrillVerdict;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A verdict as JUnit XML: one test for the drill, and four for every replica. Pure. */
final class JUnitReport {
  /**
   * @param failure empty when it passed
   */
  private record Case(String of, String name, double seconds, String failure) {}

  private JUnitReport() {}

  static String of(DrillClient.Seen drill) {
    List<Case> cases = cases(drill);
    boolean skipped = skipped(drill.status());
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "drill " + drill.name());
      xml.writeAttribute("tests", Integer.toString(cases.size()));
      xml.writeAttribute(
          "failures",
          Long.toString(skipped ? 0 : cases.stream().filter(it -> !it.failure.isEmpty()).count()));
      xml.writeAttribute("errors", "0");
      xml.writeAttribute("skipped", Integer.toString(skipped ? cases.size() : 0));
      xml.writeAttribute("time", number(lasted(drill.status())));
      if (drill.status().startedAt() != null) {
        xml.writeAttribute("timestamp", drill.status().startedAt().toString());
      }
      for (Case each : cases) write(xml, each, skipped);
      xml.writeStartElement("system-out");
      xml.writeCharacters("\n" + VerdictTable.of(drill));
      xml.writeEndElement();
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException("a text could not be written to", impossible);
    }
    return text + "\n";
  }

  private static void write(XMLStreamWriter xml, Case test, boolean skipped)
      throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", test.of());
    xml.writeAttribute("name", test.name());
    xml.writeAttribute("time", number(test.seconds()));
    if (skipped || !test.failure().isEmpty()) {
      xml.writeStartElement(skipped ? "skipped" : "failure");
      xml.writeAttribute("message", test.failure());
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static List<Case> cases(DrillClient.Seen drill) {
    DrillStatus status = drill.status();
    List<Case> cases = new ArrayList<>();
    boolean passed =
        status.verdict() == DrillVerdict.PASSED || status.verdict() == DrillVerdict.FEASIBLE;
    String suite = "drill." + drill.name();
    cases.add(new Case(suite, "verdict", lasted(status), passed ? "" : "" + status.message()));
    if (status.injectedAt() == null || status.replicas() == null) return cases;
    for (ReplicaStatus each : status.replicas()) {
      if (each.before() != null) cases.addAll(cases(suite + "." + each.name(), each));
    }
    return cases;
  }

  private static List<Case> cases(String of, ReplicaStatus replica) {
    boolean disturbed = replica.times() != null && replica.times().detected() != null;
    Long ready = disturbed ? replica.times().ready() : null;
    boolean back = !disturbed || ready != null;
    Long overlap = replica.overlapMillis();
    return List.of(
        new Case(
            of,
            "is ready again",
            ready == null ? 0 : ready / 1000.0,
            back ? "" : "it was not ready again when the drill ended"),
        new Case(
            of,
            "never ran twice at once",
            0,
            overlap == null || overlap == 0 ? "" : "two lives at once for " + overlap + " ms"),
        new Case(
            of,
            "keeps its volume",
            0,
            Boolean.FALSE.equals(replica.volumeKept()) ? "it has another volume" : ""),
        new Case(of, "is there", 0, replica.after() == null ? "it has no pod" : ""));
  }

  /** A drill that was refused or aborted says nothing about the cluster. */
  private static boolean skipped(DrillStatus status) {
    return status.verdict() == DrillVerdict.REFUSED || status.verdict() == DrillVerdict.ABORTED;
  }

  private static double lasted(DrillStatus status) {
    Instant begin = status.startedAt();
    Instant end = status.finishedAt();
    return begin == null || end == null ? 0 : Duration.between(begin, end).toMillis() / 1000.0;
  }

  private static String number(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }
}
