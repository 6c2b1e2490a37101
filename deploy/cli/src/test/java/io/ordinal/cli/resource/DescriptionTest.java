package io.ordinal.cli.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DescriptionTest {
  @Test
  void a_secret_keeps_its_values() {
    assertThat(describe("{'kind':'Secret','metadata':{'name':'s'},'data':{'password':'aGVsbG8='}}"))
        .contains("password:  5 bytes")
        .doesNotContain("aGVsbG8")
        .doesNotContain("hello");
  }

  @Test
  void fields_have_titles_and_lists_have_marks() {
    String text =
        describe(
            "{'kind':'Pod','metadata':{'name':'web-0','labels':{'app':'web'}},"
                + "'spec':{'nodeName':'n1','containers':[{'name':'main','image':'busybox'}]}}");
    assertThat(text)
        .contains("Name:  web-0", "Labels: app=web", "Annotations: <none>")
        .contains(
            "Spec:\n  Node Name:  n1\n  Containers:\n    - Name:  main\n      Image:  busybox");
  }

  @Test
  void a_value_of_several_lines_keeps_its_indent() {
    assertThat(describe("{'kind':'ConfigMap','metadata':{'name':'c'},'data':{'x':'one\\ntwo'}}"))
        .contains("  x:  one\n      two");
  }

  @Test
  void what_a_terminal_would_obey_is_shown_instead() {
    assertThat(describe("{'kind':'ConfigMap','metadata':{'name':'c'},'data':{'x':'a\\u001b[2J'}}"))
        .contains("  x:  a^[[2J");
  }

  private static String describe(String object) {
    byte[] json = object.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return String.join("\n", Description.of(Json.tree(json)));
  }
}
