package io.ordinal.controller.api.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceKindTest {
  private static final ResourceKind KIND = Objects.kind("services");

  @Test
  void what_nobody_acts_by_is_named_in_warnings() {
    List<String> warnings =
        warnings(
            "'sessionAffinity':'ClientIP','externalIPs':['1.2.3.4'],'loadBalancerIP':'1.2.3.5',"
                + "'internalTrafficPolicy':'Local','ipFamilyPolicy':'RequireDualStack'");
    assertThat(warnings)
        .extracting(each -> each.substring(0, each.indexOf(':')))
        .containsExactly(
            "spec.sessionAffinity",
            "spec.externalIPs",
            "spec.internalTrafficPolicy",
            "spec.ipFamilyPolicy",
            "spec.loadBalancerIP");
  }

  @Test
  void what_asks_for_nothing_is_not() {
    assertThat(warnings("'externalIPs':[],'ipFamilyPolicy':'PreferDualStack'")).isEmpty();
  }

  private static List<String> warnings(String fields) {
    String service =
        "{'metadata':{'name':'s'},'spec':{'clusterIP':'None','ports':[{'port':80}],%s}}";
    return KIND.warnings(Objects.defaulted(KIND, Objects.json(service.formatted(fields))));
  }
}
