package io.ordinal.agent.network;

import java.io.IOException;

/** The interface on which this machine answers for its pods' addresses. Blocks. */
interface PodInterface {
  /** What needs no interface: addresses that this machine answers for anyway. */
  PodInterface NONE =
      new PodInterface() {
        @Override
        public void add(String address) {}

        @Override
        public void remove(String address) {}
      };

  /** This machine answers for the address from now on, and neighbours hear of it. No news twice. */
  void add(String address) throws IOException;

  /** It does not any more; no news when it did not. */
  void remove(String address) throws IOException;
}
