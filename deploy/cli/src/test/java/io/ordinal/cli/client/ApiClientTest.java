package io.ordinal.cli.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class ApiClientTest {
  @Test
  void a_member_that_does_not_run_is_named_with_what_to_do() throws Exception {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("https://127.0.0.1:" + socket.getLocalPort());
    }
    ApiClient api = new ApiClient(nobody, SSLContext.getDefault());
    assertThatThrownBy(() -> api.get("/api/v1/nodes/n4"))
        .hasMessageContaining("nothing answers at " + nobody)
        .hasMessageContaining("ordinal up");
  }
}
