package io.ordinal.controller.api.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class JsonPatchTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{'op':'add','path':'/a','value':1}] | {} | {'a':1}",
        "[{'op':'add','path':'/l/0','value':1}] | {'l':[2]} | {'l':[1,2]}",
        "[{'op':'add','path':'/l/-','value':1}] | {'l':[2]} | {'l':[2,1]}",
        "[{'op':'add','path':'/l/1','value':1}] | {'l':[2]} | {'l':[2,1]}",
        "[{'op':'remove','path':'/l/0'}] | {'l':[2,3]} | {'l':[3]}",
        "[{'op':'remove','path':'/a~1b'}] | {'a/b':1,'c':2} | {'c':2}",
        "[{'op':'remove','path':'/a~0b'}] | {'a~b':1} | {}",
        "[{'op':'replace','path':'/l/1','value':9}] | {'l':[2,3]} | {'l':[2,9]}",
        "[{'op':'move','from':'/a','path':'/b/c'}] | {'a':1,'b':{}} | {'b':{'c':1}}",
        "[{'op':'copy','from':'/a','path':'/b'}] | {'a':{'x':1}} | {'a':{'x':1},'b':{'x':1}}",
        "[{'op':'test','path':'/a','value':{'y':2,'x':1.0}}] | {'a':{'x':1,'y':2}} "
            + "| {'a':{'x':1,'y':2}}",
        "[{'op':'test','path':'/b','value':null}] | {'a':1} | {'a':1}",
        "[] | {'a':1} | {'a':1}",
        "[{'op':'replace','path':'','value':{'n':1}}] | {'a':1} | {'n':1}",
      })
  void operations_do_what_the_rfc_says(String patch, String live, String wanted) {
    ObjectNode tree = (ObjectNode) json(live);
    assertThat(JsonPatch.apply(tree, json(patch)))
        .isEqualTo(new Patched.Done((ObjectNode) json(wanted)));
    assertThat(tree).as("the live object").isEqualTo(json(live));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{'op':'test','path':'/a','value':2}]",
        "[{'op':'remove','path':'/none'}]",
        "[{'op':'replace','path':'/none','value':1}]",
        "[{'op':'add','path':'/none/x','value':1}]",
        "[{'op':'add','path':'/l/5','value':1}]",
        "[{'op':'add','path':'/l/01','value':1}]",
        "[{'op':'add','path':'a','value':1}]",
        "[{'op':'add','path':'/a'}]",
        "[{'op':'copy','path':'/a'}]",
        "[{'op':'fly','path':'/a'}]",
        "[{'op':'move','from':'/m','path':'/m/x'}]",
        "[{'op':'remove','path':''}]",
        "['x']",
      })
  void what_does_not_fit_is_unprocessable(String patch) {
    assertThat(JsonPatch.apply((ObjectNode) json("{'a':1,'l':[1],'m':{}}"), json(patch)))
        .isInstanceOfSatisfying(
            Patched.Refused.class,
            refused -> {
              assertThat(refused.fault()).isEqualTo(Patched.Fault.UNPROCESSABLE);
              assertThat(refused.message())
                  .isEqualTo("the server rejected our request due to an error in our request");
              assertThat(refused.detail()).isNotEmpty();
            });
  }

  @Test
  void a_patch_that_is_no_list_is_malformed() {
    assertThat(JsonPatch.apply(Json.object(), json("{}")))
        .isEqualTo(
            new Patched.Refused(
                Patched.Fault.MALFORMED,
                "json: cannot unmarshal object into Go value of type jsonpatch.Patch",
                ""));
  }

  private static JsonNode json(String text) {
    return Json.tree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
