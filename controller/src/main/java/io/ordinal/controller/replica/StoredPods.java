package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.Draft;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.id.Revision;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What a draft looks like once the store has written its revision into it. */
final class StoredPods {
  private StoredPods() {}

  static StoredObject at(ObjectKey key, ApiObject pod, Revision revision, Revision created) {
    Draft draft = pod.draft();
    return new StoredObject(
        key, revision, created, draft.uid(), draft.generation(), document(draft, revision));
  }

  static byte[] document(Draft draft, Revision revision) {
    byte[] digits = revision.toString().getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream(draft.bytes().length + digits.length);
    out.write(draft.bytes(), 0, draft.hole());
    out.write(digits, 0, digits.length);
    out.write(draft.bytes(), draft.hole(), draft.bytes().length - draft.hole());
    return out.toByteArray();
  }
}
