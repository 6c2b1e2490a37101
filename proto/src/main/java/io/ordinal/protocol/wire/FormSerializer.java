package io.ordinal.protocol.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Pekko's serializer of messages that each have a Protobuf form under a manifest of their own.
 * Manifests are never reused.
 */
public abstract class FormSerializer extends SerializerWithStringManifest {
  /** How one kind of message is written and read. */
  public record Form<T, W extends MessageLite>(
      String manifest, Function<T, W> encode, Parser<W> parser, Function<W, T> decode) {
    private byte[] bytes(Object message) {
      @SuppressWarnings("unchecked") // Forms stand under the class of what they encode.
      T typed = (T) message;
      return encode.apply(typed).toByteArray();
    }

    private T message(byte[] bytes) {
      try {
        return decode.apply(parser.parseFrom(bytes));
      } catch (InvalidProtocolBufferException cause) {
        throw new UndecodableMessage("not the bytes of a " + manifest, cause);
      }
    }
  }

  private final int identifier;
  private final Map<Class<?>, Form<?, ?>> byClass = new HashMap<>();
  private final Map<String, Form<?, ?>> byManifest = new HashMap<>();

  /**
   * @param identifier unique among the serializers of a member; never to be changed
   */
  protected FormSerializer(int identifier) {
    this.identifier = identifier;
  }

  /** The class and the form agree. */
  protected final <T, W extends MessageLite> void add(Class<T> type, Form<T, W> form) {
    put(type, form);
  }

  /** For types of which only the raw class exists at run time. */
  protected final void put(Class<?> type, Form<?, ?> form) {
    byClass.put(type, form);
    if (byManifest.put(form.manifest(), form) != null) {
      throw new IllegalStateException("two forms with the manifest " + form.manifest());
    }
  }

  @Override
  public final int identifier() {
    return identifier;
  }

  @Override
  public final String manifest(Object message) {
    return form(message).manifest();
  }

  @Override
  public final byte[] toBinary(Object message) {
    return form(message).bytes(message);
  }

  @Override
  public final Object fromBinary(byte[] bytes, String manifest) {
    Form<?, ?> form = byManifest.get(manifest);
    if (form == null) throw new UndecodableMessage("unknown manifest '" + manifest + "'");
    return form.message(bytes);
  }

  private Form<?, ?> form(Object message) {
    Form<?, ?> form = byClass.get(message.getClass());
    if (form == null) {
      throw new IllegalArgumentException("no form for " + message.getClass().getName());
    }
    return form;
  }
}
