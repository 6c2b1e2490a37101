package io.ordinal.controller.api.stream;

import org.apache.pekko.util.ByteString;

/** How a client and the streams of one process speak over a connection. */
interface Dialect {
  /** Who hears the client. */
  interface Ears {
    /** Every stream that was asked for stands; once. */
    void ready();

    void input(ByteString bytes);

    void inputEnded();

    /** A part of what describes the terminal's size. */
    void size(ByteString json);

    /** Something is to be sent for the connection's own sake. */
    void reply(ByteString bytes);

    /** The client does not keep to the protocol, or says goodbye. */
    void broken(String why);
  }

  /** The connection stands. */
  void begin(Ears ears);

  void received(ByteString bytes, Ears ears);

  ByteString output(int channel, ByteString bytes);

  /**
   * @param status JSON of a metav1.Status
   */
  ByteString status(byte[] status);

  /**
   * What shows whether the client is still there; empty when the connection sees to that.
   *
   * @param stuck nothing is read of the client at present, so its end would not be noticed
   */
  ByteString ping(boolean stuck);

  /** Whether the client is to close the connection once it knows all, lest it miss the end. */
  boolean clientClosesFirst();

  /** The connection is over. */
  void close();
}
