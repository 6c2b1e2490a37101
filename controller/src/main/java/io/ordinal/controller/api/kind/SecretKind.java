package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.Secret;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Configuration that not everybody may read. */
final class SecretKind extends OrdinaryKind {
  private static final String ACCOUNT_TOKEN = "kubernetes.io/service-account-token";
  private static final String NO_TOKEN =
      "Ordinal puts no tokens into secrets; kubectl create token makes one, and pods find theirs in"
          + " /var/run/secrets/kubernetes.io/serviceaccount";
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME,
          Columns.text("Type", "What the entries mean."),
          Columns.text("Data", "How many entries it has."),
          Columns.AGE);

  SecretKind() {
    super(KindNames.namespaced("v1", "Secret", "secrets"), Secret.class);
  }

  @Override
  public Map<String, Function<ObjectNode, String>> selectableFields() {
    return Map.of("type", secret -> Tree.text(secret, "type"));
  }

  @Override
  void addDefaults(ObjectNode secret) {
    Tree.defaultText(secret, "type", "Opaque");
    if (!(secret.get("stringData") instanceof ObjectNode texts)) return;
    ObjectNode data = Tree.ensure(secret, "data");
    for (Map.Entry<String, JsonNode> each : texts.properties()) {
      byte[] bytes = each.getValue().asString("").getBytes(StandardCharsets.UTF_8);
      data.put(each.getKey(), Base64.getEncoder().encodeToString(bytes));
    }
    secret.remove("stringData");
  }

  @Override
  public List<Cause> validateCreate(ApiObject secret) {
    Faults faults = new Faults();
    check(faults, secret.tree());
    boolean awaitsToken = Tree.text(secret.tree(), "type").equals(ACCOUNT_TOKEN);
    if (awaitsToken && !secret.tree().path("data").has("token")) {
      faults.forbidden("type", NO_TOKEN);
    }
    return faults.found();
  }

  @Override
  public List<Cause> validateUpdate(ApiObject secret, ApiObject old) {
    Faults faults = new Faults();
    if (!Tree.text(secret.tree(), "type").equals(Tree.text(old.tree(), "type"))) {
      faults.invalid("type", secret.tree().path("type"), "field is immutable");
    }
    DataRules.checkImmutable(faults, old.tree(), secret.tree(), "data");
    check(faults, secret.tree());
    return faults.found();
  }

  private static void check(Faults faults, ObjectNode secret) {
    JsonNode data = secret.path("data");
    DataRules.checkKeys(faults, "data", data);
    if (DataRules.checkBinary(faults, "data", data) > DataRules.MOST_BYTES) {
      faults.tooLong("data", DataRules.MOST_BYTES);
    }
    List<String> needed =
        switch (Tree.text(secret, "type")) {
          case "kubernetes.io/tls" -> List.of("tls.crt", "tls.key");
          case "kubernetes.io/ssh-auth" -> List.of("ssh-privatekey");
          case "kubernetes.io/dockerconfigjson" -> List.of(".dockerconfigjson");
          case "kubernetes.io/dockercfg" -> List.of(".dockercfg");
          default -> List.of();
        };
    for (String key : needed) {
      if (!data.has(key)) faults.required("data[" + key + "]", "");
    }
    boolean basic = Tree.text(secret, "type").equals("kubernetes.io/basic-auth");
    if (basic && !data.has("username") && !data.has("password")) {
      faults.required("data[username]", "");
      faults.required("data[password]", "");
    }
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject secret, Instant now) {
    return List.of(
        secret.name(),
        Tree.text(secret.tree(), "type"),
        Integer.toString(secret.tree().path("data").size()),
        Durations.age(secret, now));
  }
}
