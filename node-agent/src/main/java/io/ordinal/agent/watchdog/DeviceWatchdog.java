package io.ordinal.agent.watchdog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The kernel's watchdog: it counts from when the device was opened, goes on when this process dies,
 * and stops only when a {@code V} was written before the device is closed (and not even then where
 * the kernel was told {@code nowayout}).
 */
final class DeviceWatchdog implements Watchdog {
  private final FileChannel device;

  DeviceWatchdog(Path path) throws IOException {
    device = FileChannel.open(path, StandardOpenOption.WRITE);
  }

  @Override
  public void feed() throws IOException {
    write("1");
  }

  @Override
  public void dismiss() throws IOException {
    write("V");
    device.close();
  }

  private void write(String letter) throws IOException {
    device.write(ByteBuffer.wrap(letter.getBytes(StandardCharsets.US_ASCII)));
  }
}
