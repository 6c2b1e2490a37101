package io.ordinal.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientCalls;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/**
 * etcd, one member on loopback with its default durability (every batch is forced to the disk
 * before it is acknowledged), written to by plain asynchronous gRPC calls over as many connections
 * as its own benchmark tool uses: one for each writer, up to eight.
 */
final class EtcdBenchmarkedStore implements BenchmarkedStore {
  private static final int CONNECTIONS = 8;
  private static final int KEYS = 10_000;

  private static final MethodDescriptor<byte[], byte[]> PUT =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("etcdserverpb.KV/Put")
          .setRequestMarshaller(new Bytes())
          .setResponseMarshaller(new Bytes())
          .build();

  private final Process server;
  private final List<ManagedChannel> channels = new ArrayList<>();

  EtcdBenchmarkedStore(Path directory) throws Exception {
    int client = freePort();
    String clients = "http://127.0.0.1:" + client;
    String peers = "http://127.0.0.1:" + freePort();
    this.server =
        new ProcessBuilder(
                "etcd",
                "--name=bench",
                "--data-dir=" + directory,
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=bench=" + peers,
                "--quota-backend-bytes=8589934592",
                "--logger=zap",
                "--log-level=error")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    for (int i = 0; i < CONNECTIONS; i++) {
      channels.add(
          NettyChannelBuilder.forAddress("127.0.0.1", client)
              .usePlaintext()
              .directExecutor()
              .build());
    }
    awaitAnswer();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try {
        put(0, 0, new byte[] {'x'}).toCompletableFuture().get(2, TimeUnit.SECONDS);
        return;
      } catch (Exception e) {
        if (System.nanoTime() > deadline || !server.isAlive()) {
          close();
          throw new IllegalStateException("etcd does not answer", e);
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  @Override
  public String title() {
    return "etcd";
  }

  @Override
  public CompletionStage<?> put(int writer, long number, byte[] value) {
    byte[] request = request(("/bench/key-" + number % KEYS).getBytes(UTF_8), value);
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    ClientCalls.asyncUnaryCall(
        channels.get(writer % CONNECTIONS).newCall(PUT, CallOptions.DEFAULT),
        request,
        new StreamObserver<>() {
          @Override
          public void onNext(byte[] reply) {
            answer.complete(reply);
          }

          @Override
          public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
          }

          @Override
          public void onCompleted() {
            // The reply was all.
          }
        });
    return answer;
  }

  /** The protobuf message PutRequest: bytes key = 1; bytes value = 2. */
  private static byte[] request(byte[] key, byte[] value) {
    ByteBuffer out = ByteBuffer.allocate(key.length + value.length + 12);
    field(out, 1, key);
    field(out, 2, value);
    byte[] encoded = new byte[out.position()];
    out.flip().get(encoded);
    return encoded;
  }

  private static void field(ByteBuffer out, int number, byte[] bytes) {
    out.put((byte) (number << 3 | 2));
    int length = bytes.length;
    for (; length > 0x7F; length >>>= 7) out.put((byte) (length | 0x80));
    out.put((byte) length);
    out.put(bytes);
  }

  @Override
  public void close() throws InterruptedException {
    channels.forEach(ManagedChannel::shutdownNow);
    server.destroy();
    server.waitFor();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
