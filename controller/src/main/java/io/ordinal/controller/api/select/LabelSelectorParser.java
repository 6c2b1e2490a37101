package io.ordinal.controller.api.select;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.api.kind.Syntax;
import io.ordinal.controller.api.select.LabelSelector.Operator;
import io.ordinal.controller.api.select.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code a=b,c!=d,e in (f,g),!h} by recursive descent. */
final class LabelSelectorParser {
  private static final String END = "";
  private static final String SYMBOLS = "=!<>(),";

  private final String text;
  private int position;
  private String token;

  private LabelSelectorParser(String text) {
    this.text = text;
    advance();
  }

  static LabelSelector parse(String text) {
    LabelSelectorParser parser = new LabelSelectorParser(text);
    List<Requirement> found = new ArrayList<>();
    if (parser.token.equals(END)) return LabelSelector.EVERYTHING;
    while (true) {
      found.add(parser.requirement());
      if (parser.token.equals(END)) return new LabelSelector(List.copyOf(found));
      if (!parser.token.equals(",")) throw parser.unexpected("',' or 'end of string'");
      parser.advance();
    }
  }

  private Requirement requirement() {
    if (token.equals("!")) {
      advance();
      return new Requirement(identifier(), Operator.ABSENT, Set.of());
    }
    String key = identifier();
    String operator = token;
    if (operator.equals(END) || operator.equals(",")) {
      return new Requirement(key, Operator.EXISTS, Set.of());
    }
    advance();
    return switch (operator) {
      case "=", "==" -> new Requirement(key, Operator.IN, Set.of(value(key)));
      case "!=" -> new Requirement(key, Operator.NOT_IN, Set.of(value(key)));
      case ">" -> new Requirement(key, Operator.GREATER, Set.of(bound(key)));
      case "<" -> new Requirement(key, Operator.LESS, Set.of(bound(key)));
      case "in" -> new Requirement(key, Operator.IN, values(key));
      case "notin" -> new Requirement(key, Operator.NOT_IN, values(key));
      default -> throw fault(operator, "in, notin, =, ==, !=, gt, lt");
    };
  }

  private Set<String> values(String key) {
    if (!token.equals("(")) throw unexpected("'('");
    advance();
    Set<String> found = new LinkedHashSet<>();
    while (true) {
      found.add(value(key));
      if (token.equals(")")) break;
      if (!token.equals(",")) throw unexpected("',' or ')'");
      advance();
    }
    advance();
    return Set.copyOf(found);
  }

  /** A value may be empty: {@code a=} asks for the empty value. */
  private String value(String key) {
    if (token.equals(END) || token.equals(",") || token.equals(")")) return "";
    if (isSymbol(token)) throw unexpected("identifier");
    String found = token;
    advance();
    return requireSyntax("values[0][" + key + "]", found, Syntax.labelValue(found));
  }

  private static String requireSyntax(String field, String found, List<String> faults) {
    if (faults.isEmpty()) return found;
    throw Refusal.badRequest(
        "unable to parse requirement: "
            + field
            + ": Invalid value: \""
            + found
            + "\": "
            + faults.get(0));
  }

  private String bound(String key) {
    String found = value(key);
    try {
      return Long.toString(Long.parseLong(found));
    } catch (NumberFormatException notANumber) {
      throw Refusal.badRequest(
          "unable to parse requirement: values[0]["
              + key
              + "]: Invalid value: \""
              + found
              + "\": for 'Gt', 'Lt' operators, the value must be an integer");
    }
  }

  private String identifier() {
    if (token.equals(END) || isSymbol(token)) throw unexpected("identifier");
    String found = requireSyntax("key", token, Syntax.qualifiedName(token));
    advance();
    return found;
  }

  private void advance() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) position++;
    int start = position;
    if (position == text.length()) {
      token = END;
      return;
    }
    if (SYMBOLS.indexOf(text.charAt(position)) >= 0) {
      char first = text.charAt(position++);
      boolean pair = (first == '=' || first == '!') && position < text.length();
      if (pair && text.charAt(position) == '=') position++;
    } else {
      while (position < text.length() && !endsWord(text.charAt(position))) position++;
    }
    token = text.substring(start, position);
  }

  private static boolean endsWord(char each) {
    return SYMBOLS.indexOf(each) >= 0 || Character.isWhitespace(each);
  }

  private static boolean isSymbol(String token) {
    return !token.isEmpty() && SYMBOLS.indexOf(token.charAt(0)) >= 0;
  }

  private StatusException unexpected(String expected) {
    return fault(token, expected);
  }

  private static StatusException fault(String found, String expected) {
    return Refusal.badRequest(
        "unable to parse requirement: found '" + found + "', expected: " + expected);
  }
}
