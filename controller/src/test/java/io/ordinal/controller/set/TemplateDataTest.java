package io.ordinal.controller.set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TemplateDataTest {
  @Test
  void sums_as_fnv1_of_32_bits_does() {
    assertThat(TemplateData.fnv1(new byte[0])).isEqualTo(0x811c9dc5);
    assertThat(TemplateData.fnv1("a".getBytes(UTF_8))).isEqualTo(0x050c5d7e);
    assertThat(TemplateData.fnv1("foobar".getBytes(UTF_8))).isEqualTo(0x31f0b262);
  }

  @Test
  void hashes_spell_no_words() {
    assertThat(TemplateData.safe("0123456789")).isEqualTo("456789bcdf");
  }

  @Test
  void is_a_patch_that_replaces_the_template_with_sorted_keys_and_no_nulls() {
    JsonNode template =
        json(
            "{'spec':{'containers':[{'name':'a','image':'b'}]},'metadata':{'creationTimestamp':null}}");
    assertThat(TemplateData.of(template).toString())
        .isEqualTo(
            "{\"spec\":{\"template\":{\"$patch\":\"replace\",\"metadata\":{},"
                + "\"spec\":{\"containers\":[{\"image\":\"b\",\"name\":\"a\"}]}}}}");
  }

  @Test
  void gives_back_the_template_without_the_mark() {
    JsonNode template = json("{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[]}}");
    assertThat(TemplateData.template(TemplateData.of(template))).isEqualTo(template);
  }

  @Test
  void equal_templates_hash_equally_and_collisions_do_not() {
    JsonNode one = TemplateData.of(json("{'a':{'b':1,'c':2}}"));
    JsonNode same = TemplateData.of(json("{'a':{'c':2,'b':1,'d':null}}"));
    assertThat(TemplateData.hash(one, OptionalInt.of(0)))
        .isEqualTo(TemplateData.hash(same, OptionalInt.of(0)))
        .isNotEqualTo(TemplateData.hash(one, OptionalInt.of(1)))
        .matches("[bcdfghjklmnpqrstvwxz2456789]{1,10}");
  }

  @Test
  void hashes_angle_brackets_as_go_prints_them() {
    JsonNode data = json("{'a':'<&>'}");
    String asGo = "{\"a\":\"\\u003c\\u0026\\u003e\"}";
    String expected =
        TemplateData.safe(Integer.toUnsignedString(TemplateData.fnv1(asGo.getBytes(UTF_8))));
    assertThat(TemplateData.hash(data, OptionalInt.empty())).isEqualTo(expected);
  }

  private static JsonNode json(String text) {
    return Json.tree(text.replace('\'', '"').getBytes(UTF_8));
  }
}
