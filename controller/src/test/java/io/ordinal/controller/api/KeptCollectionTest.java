package io.ordinal.controller.api;

/** Collections that are too large to be held are deleted as the others are. */
class KeptCollectionTest extends CollectionTest {
  @Override
  ServedApi served() {
    return new ServedApi("lists { gathered = 1, piece = 700 }");
  }
}
