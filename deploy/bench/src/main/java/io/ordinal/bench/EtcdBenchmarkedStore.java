package io.ordinal.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
 * etcd, written to by plain asynchronous gRPC calls to the member that leads, over as many
 * connections as its own benchmark tool uses: one for each writer, up to eight.
 */
final class EtcdBenchmarkedStore implements BenchmarkedStore {
  private static final int CONNECTIONS = 8;
  private static final int KEYS = 10_000;

  private static final MethodDescriptor<byte[], byte[]> PUT = method("etcdserverpb.KV/Put");
  private static final MethodDescriptor<byte[], byte[]> STATUS =
      method("etcdserverpb.Maintenance/Status");

  private final EtcdGroup group;
  private final List<ManagedChannel> channels = new ArrayList<>();

  EtcdBenchmarkedStore(Path directory, int members) throws Exception {
    this.group = new EtcdGroup(directory, members);
    try {
      int leader = leader();
      for (int i = 0; i < CONNECTIONS; i++) channels.add(channel(leader));
      put(0, 0, new byte[] {'x'}).toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      close();
      throw new IllegalStateException("etcd does not answer", e);
    }
  }

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(name)
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  private static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port)
        .usePlaintext()
        .directExecutor()
        .build();
  }

  /** The port of the member that says that it leads. */
  private int leader() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < deadline && group.isAlive()) {
      for (int port : group.ports()) if (leads(port)) return port;
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IllegalStateException("etcd has no leader");
  }

  private static boolean leads(int port) {
    ManagedChannel channel = channel(port);
    try {
      byte[] status = call(channel, STATUS, new byte[0]).get(2, TimeUnit.SECONDS);
      // StatusResponse: header = 1 (its member_id = 2), leader = 4.
      EtcdMessage message = new EtcdMessage(status);
      long leader = message.number(4);
      return leader != 0 && leader == new EtcdMessage(message.bytes(1)).number(2);
    } catch (Exception e) {
      return false; // Not up yet.
    } finally {
      channel.shutdownNow();
    }
  }

  @Override
  public String title() {
    return "etcd";
  }

  @Override
  public CompletionStage<?> put(int writer, long number, byte[] value) {
    byte[] request = request(("/bench/key-" + number % KEYS).getBytes(UTF_8), value);
    return call(channels.get(writer % CONNECTIONS), PUT, request);
  }

  private static CompletableFuture<byte[]> call(
      ManagedChannel channel, MethodDescriptor<byte[], byte[]> method, byte[] request) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    ClientCalls.asyncUnaryCall(
        channel.newCall(method, CallOptions.DEFAULT),
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
    group.close();
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
