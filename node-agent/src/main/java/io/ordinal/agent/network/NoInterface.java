package io.ordinal.agent.network;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * No interface was configured: addresses are somebody else's business, but an address at which
 * nothing could listen is refused instead of being handed to a pod.
 */
final class NoInterface implements PodInterface {
  @Override
  public void add(String address) throws IOException {
    try {
      new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0)).close();
    } catch (BindException absent) {
      throw new IOException(
          "this machine does not answer for "
              + address
              + ", the pod's address: set ordinal.agent.network.interface to the interface that it"
              + " is to be put on, or put the range on one yourself",
          absent);
    }
  }

  @Override
  public void remove(String address) {}
}
