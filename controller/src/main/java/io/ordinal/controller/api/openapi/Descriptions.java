package io.ordinal.controller.api.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What types and fields are for, by names such as {@code PodSpec} and {@code PodSpec.hostname}. */
final class Descriptions {
  private final Properties texts;

  private Descriptions(Properties texts) {
    this.texts = texts;
  }

  /** Reads those that come with this package. */
  static Descriptions load() {
    Properties texts = new Properties();
    try (InputStream in = Descriptions.class.getResourceAsStream("descriptions.properties")) {
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new Descriptions(texts);
  }

  /** Empty when nothing is said of it. */
  String of(String name) {
    return texts.getProperty(name, "");
  }

  Iterable<String> names() {
    return texts.stringPropertyNames();
  }
}
