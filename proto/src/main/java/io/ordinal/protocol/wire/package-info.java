/**
 * How the protocol looks as bytes: protobuf codecs and the Pekko serializer of the messages between
 * controllers and agents. Named by configuration and by other {@code wire} packages; the only
 * package of this module that imports generated classes.
 */
package io.ordinal.protocol.wire;
