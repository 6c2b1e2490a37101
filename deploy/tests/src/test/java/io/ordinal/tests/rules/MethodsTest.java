package io.ordinal.tests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** A method fits on a screen, takes few things, and does not nest deeply. */
class MethodsTest {
  private static final int MOST_LINES = 60;
  private static final int MOST_PARAMETERS = 7;
  private static final int DEEPEST_NESTING = 3;

  @Test
  void no_method_is_too_long_or_too_deep_or_takes_too_much() throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    for (Path file : SizesTest.sources()) {
      if (file.toString().contains("/src/main/")) sources.add(new Source(file.toUri(), null));
    }
    assertThat(faults(sources)).isEmpty();
  }

  @Test
  void the_limits_bite() throws IOException {
    String deep = "if (a) { if (a) { if (a) { if (a) { return; } } } }";
    String text =
        "class Planted { void deep(boolean a) { "
            + deep
            + " }\n"
            + "void many(int a, int b, int c, int d, int e, int f, int g, int h) {}\n"
            + "void lengthy() {"
            + "\n".repeat(MOST_LINES)
            + "}}";
    assertThat(faults(List.of(new Source(URI.create("string:///Planted.java"), text)))).hasSize(3);
  }

  private static List<String> faults(List<JavaFileObject> sources) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null, null, diagnostic -> {}, List.of("--release", "17"), null, sources);
    List<String> faults = new ArrayList<>();
    for (CompilationUnitTree unit : task.parse())
      new Scan(unit, Trees.instance(task), faults).scan(unit, 0);
    return faults;
  }

  /**
   * Counts depth by the statements that open a block: conditions, loops, try, switch, lambda bodies
   * start anew.
   */
  private static final class Scan extends TreeScanner<Void, Integer> {
    private final CompilationUnitTree unit;
    private final Trees trees;
    private final List<String> faults;
    private boolean record;

    Scan(CompilationUnitTree unit, Trees trees, List<String> faults) {
      this.unit = unit;
      this.trees = trees;
      this.faults = faults;
    }

    @Override
    public Void visitClass(ClassTree type, Integer depth) {
      boolean outer = record;
      record =
          type.getKind() == Tree.Kind.RECORD; // What a record is made of is its header's business.
      super.visitClass(type, depth);
      record = outer;
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Integer depth) {
      String name = unit.getSourceFile().getName() + " " + method.getName();
      var positions = trees.getSourcePositions();
      long end = positions.getEndPosition(unit, method);
      if (end >= 0) {
        long from = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
        long lines = unit.getLineMap().getLineNumber(end) - from + 1;
        if (lines > MOST_LINES) faults.add(name + " has " + lines + " lines");
      }
      if (method.getParameters().size() > MOST_PARAMETERS && !record) {
        faults.add(name + " takes " + method.getParameters().size() + " parameters");
      }
      int deepest = method.getBody() == null ? 0 : depth(method.getBody());
      if (deepest > DEEPEST_NESTING) faults.add(name + " nests " + deepest + " deep");
      return super.visitMethod(method, depth);
    }

    private static int depth(BlockTree body) {
      int[] deepest = {0};
      new TreeScanner<Void, Integer>() {
        @Override
        public Void scan(Tree tree, Integer depth) {
          if (tree == null) return null;
          int inside = opens(tree) ? depth + 1 : depth;
          deepest[0] = Math.max(deepest[0], inside);
          return super.scan(tree, inside);
        }

        @Override
        public Void visitIf(IfTree condition, Integer depth) {
          scan(condition.getCondition(), depth);
          scan(condition.getThenStatement(), depth);
          boolean chain = condition.getElseStatement() instanceof IfTree;
          return scan(condition.getElseStatement(), chain ? depth - 1 : depth);
        }

        @Override
        public Void visitLambdaExpression(LambdaExpressionTree lambda, Integer depth) {
          return super.visitLambdaExpression(lambda, 0);
        }
      }.scan(body, 0);
      return deepest[0];
    }

    private static boolean opens(Tree tree) {
      return switch (tree.getKind()) {
        case FOR_LOOP, ENHANCED_FOR_LOOP, WHILE_LOOP, DO_WHILE_LOOP, TRY, SWITCH, SYNCHRONIZED ->
            true;
        case BLOCK -> false;
        case IF -> true;
        default -> false;
      };
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(URI uri, String text) {
      super(uri, Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreErrors) throws IOException {
      return text != null ? text : java.nio.file.Files.readString(Path.of(toUri()));
    }
  }
}
