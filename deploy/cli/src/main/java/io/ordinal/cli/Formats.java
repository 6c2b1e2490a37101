package io.ordinal.cli;

import io.ordinal.cli.resource.OutputFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words of {@code -o}, and where the others are to be had. */
final class Formats implements ITypeConverter<OutputFormat>, Iterable<String> {
  private static final List<String> WORDS = List.of("wide", "name", "json", "yaml");

  @Override
  public OutputFormat convert(String word) {
    if (!WORDS.contains(word)) {
      throw new TypeConversionException(
          "expected wide, name, json or yaml, found '"
              + word
              + "'; kubectl has more, with the file kubeconfig of the data directory");
    }
    return OutputFormat.valueOf(word.toUpperCase(Locale.ROOT));
  }

  @Override
  public Iterator<String> iterator() {
    return WORDS.iterator();
  }
}
