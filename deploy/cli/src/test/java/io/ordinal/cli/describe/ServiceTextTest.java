package io.ordinal.cli.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ServiceTextTest {
  @Test
  void a_service_with_a_balancer_is_told_with_it() {
    String spec =
        "'type':'LoadBalancer','loadBalancerIP':'9.9.9.9','externalName':'en',"
            + "'loadBalancerSourceRanges':['10.0.0.0/8','11.0.0.0/8'],'healthCheckNodePort':31000,"
            + "'trafficDistribution':'PreferClose'";
    String ingress = "{'ip':'5.5.5.5','ipMode':'VIP'},{'ip':'5.5.5.6'},{'hostname':'h.x'}";
    String text = "{'spec':{" + spec + "},'status':{'loadBalancer':{'ingress':[" + ingress + "]}}}";
    assertThat(lines(text))
        .containsSubsequence(
            "Desired LoadBalancer IP:     9.9.9.9",
            "External Name:               en",
            "LoadBalancer Ingress:        5.5.5.5 (VIP), 5.5.5.6, h.x",
            "HealthCheck NodePort:        31000",
            "LoadBalancer Source Ranges:  10.0.0.0/8,11.0.0.0/8")
        .noneMatch(line -> line.contains("PreferClose"));
  }

  @Test
  void a_service_without_one_has_no_such_lines() {
    assertThat(lines("{'spec':{'type':'ClusterIP'}}"))
        .contains("Type:              ClusterIP")
        .noneMatch(line -> line.contains("LoadBalancer") || line.contains("HealthCheck"));
  }

  private static List<String> lines(String service) {
    JsonNode tree = Json.tree(service.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    return ServiceText.of(tree, Optional.empty()).lines();
  }
}
