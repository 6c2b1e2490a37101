package io.ordinal.cli;

import io.ordinal.cli.client.Exec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** This process' terminal, given over to another one letter by letter; by stty(1). */
final class RawTerminal implements AutoCloseable {
  private static final Exec.Size USUAL = new Exec.Size(80, 24);

  private final String before;

  private RawTerminal(String before) {
    this.before = before;
  }

  /**
   * @throws IOException when there is no stty, or no terminal
   */
  static RawTerminal enter() throws IOException, InterruptedException {
    RawTerminal terminal = new RawTerminal(stty("-g"));
    stty("raw", "-echo");
    return terminal;
  }

  /** What it has now; 80 by 24 where it does not tell. */
  Exec.Size size() {
    try {
      String[] rowsAndColumns = stty("size").split(" ");
      return new Exec.Size(
          Integer.parseInt(rowsAndColumns[1]), Integer.parseInt(rowsAndColumns[0]));
    } catch (IOException unknown) {
      return USUAL;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    stty(before);
  }

  private static String stty(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("stty"));
    line.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(line)
            .redirectInput(ProcessBuilder.Redirect.INHERIT)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) throw new IOException("stty: " + said.strip());
    return said.strip();
  }
}
