package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.Verdict.Cause;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Objects for tests, written with single quotes. */
final class Objects {
  static final String SET =
      "{'apiVersion':'apps/v1','kind':'StatefulSet','metadata':{'name':'web'},'spec':{"
          + "'serviceName':'web','selector':{'matchLabels':{'app':'web'}},'template':{"
          + "'metadata':{'labels':{'app':'web'}},'spec':{'containers':[{'name':'c',"
          + "'image':'counter:1','ports':[{'containerPort':80,'name':'http'}],'volumeMounts':"
          + "[{'name':'data','mountPath':'/data'}]}]}},'volumeClaimTemplates':[{'metadata':"
          + "{'name':'data'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':"
          + "{'storage':'1Gi'}}}}]}}";
  static final String POD =
      "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','namespace':'default'},"
          + "'spec':{'containers':[{'name':'c','image':'counter:1'}]}}";

  private Objects() {}

  static ObjectNode json(String text) {
    return Json.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** As it is after defaults. */
  static ApiObject defaulted(ResourceKind kind, ObjectNode tree) {
    ObjectNode copy = tree.deepCopy();
    kind.applyDefaults(copy);
    return new ApiObject(copy);
  }

  /** Every fault as {@code field: message}, as kubectl prints it. */
  static List<String> told(List<Cause> causes) {
    return causes.stream().map(each -> each.field() + ": " + each.message()).toList();
  }

  static ResourceKind kind(String plural) {
    return KindRegistry.standard().all().stream()
        .filter(each -> each.plural().equals(plural))
        .findFirst()
        .orElseThrow();
  }
}
