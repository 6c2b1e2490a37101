package io.ordinal.agent.network;

import java.io.IOException;

/** The interface on which this machine answers for its pods' addresses. Blocks. */
interface PodInterface {
  /** This machine answers for the address from now on, and neighbours hear of it. No news twice. */
  void add(String address) throws IOException;

  /** It does not any more; no news when it did not. */
  void remove(String address) throws IOException;
}
