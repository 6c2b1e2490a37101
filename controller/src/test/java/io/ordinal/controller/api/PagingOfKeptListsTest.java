package io.ordinal.controller.api;

/** Pages that are too large to be held are what the others are. */
class PagingOfKeptListsTest extends PagingTest {
  @Override
  ServedApi served() {
    return new ServedApi("lists { gathered = 1, piece = 700 }");
  }
}
