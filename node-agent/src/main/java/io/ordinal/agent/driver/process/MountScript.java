package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.process.MountStep.Bind;
import io.ordinal.agent.driver.process.MountStep.Blank;
import io.ordinal.agent.driver.process.MountStep.Directory;
import io.ordinal.agent.driver.process.MountStep.Link;
import io.ordinal.agent.driver.process.MountStep.Memory;
import io.ordinal.agent.driver.process.MountStep.Pivot;
import io.ordinal.agent.driver.process.MountStep.Proc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mount plan as shell text. Few processes count more than few lines: neighbouring steps of a kind
 * become one {@code mkdir}, and one {@code mount} that reads a table.
 */
final class MountScript implements MountStep.Cases<Void> {
  private static final String OWN_PROC = "/proc";

  private final StringBuilder script = new StringBuilder();
  private final List<String> directories = new ArrayList<>();
  private final Map<Path, List<String>> links = new LinkedHashMap<>();
  private final StringBuilder table = new StringBuilder();

  private final Map<String, String> tables = new LinkedHashMap<>();
  private final Path directory;

  private MountScript(Path directory) {
    this.directory = directory;
  }

  /**
   * The script and the tables that it reads.
   *
   * @param tables by file name, in {@code directory}
   */
  record Rendered(String script, Map<String, String> tables) {}

  /**
   * @param directory where the tables will stand, as the machine names it
   */
  static Rendered render(List<MountStep> steps, Path directory) {
    MountScript rendering = new MountScript(directory);
    steps.forEach(step -> step.match(rendering));
    rendering.finishMaking();
    rendering.finishTable();
    return new Rendered(rendering.script.toString(), rendering.tables);
  }

  @Override
  public Void memory(Memory step) {
    finishMaking();
    finishTable();
    line("mount -t tmpfs -o mode=755,size=16m,unbindable tmpfs " + quoted(step.at()));
    return null;
  }

  @Override
  public Void directory(Directory step) {
    finishTable();
    directories.add(quoted(step.at()));
    return null;
  }

  @Override
  public Void blank(Blank step) {
    finishMaking();
    finishTable();
    line(": >" + quoted(step.at()));
    return null;
  }

  @Override
  public Void link(Link step) {
    finishTable();
    Path target = Path.of(step.target());
    if (step.at().getFileName().equals(target.getFileName())) {
      links
          .computeIfAbsent(step.at().getParent(), none -> new ArrayList<>())
          .add(ShellText.quoted(step.target()));
    } else {
      finishMaking();
      line("ln -s -- " + ShellText.quoted(step.target()) + " " + quoted(step.at()));
    }
    return null;
  }

  @Override
  public Void bind(Bind step) {
    finishMaking();
    String flags = step.flags().isEmpty() ? "" : "," + String.join(",", step.flags());
    entry(step.source(), step.at(), "none", "rbind" + (step.readOnly() ? ",ro" + flags : ""));
    return null;
  }

  @Override
  public Void proc(Proc step) {
    finishMaking();
    if (step.at().toString().equals(OWN_PROC)) {
      finishTable();
      line("mount -t proc proc " + OWN_PROC); // A table's entry would count as mounted already.
    } else {
      entry(Path.of("proc"), step.at(), "proc", "nosuid,nodev,noexec");
    }
    return null;
  }

  @Override
  public Void pivot(Pivot step) {
    finishMaking();
    finishTable();
    line("cd " + quoted(step.root()));
    line("pivot_root . .");
    line("umount -l . || :"); // An image's own root may have no umount; then it stays hidden below.
    return null;
  }

  private void finishMaking() {
    if (!directories.isEmpty()) line("mkdir -p -- " + String.join(" ", directories));
    links.forEach(
        (parent, targets) -> line("ln -s -- " + String.join(" ", targets) + " " + quoted(parent)));
    directories.clear();
    links.clear();
  }

  private void finishTable() {
    if (table.length() == 0) return;
    String name = "mounts.tab." + tables.size();
    tables.put(name, table.toString());
    line("mount -a -T " + quoted(directory.resolve(name)));
    table.setLength(0);
  }

  private void entry(Path source, Path at, String type, String options) {
    table
        .append(escaped(source))
        .append(' ')
        .append(escaped(at))
        .append(' ')
        .append(type)
        .append(' ')
        .append(options)
        .append(" 0 0\n");
  }

  private void line(String text) {
    script.append(text).append('\n');
  }

  private static String quoted(Path path) {
    return ShellText.quoted(path.toString());
  }

  /** As fstab(5) wants blanks. */
  private static String escaped(Path path) {
    return path.toString()
        .replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012")
        .replace("#", "\\043");
  }
}
