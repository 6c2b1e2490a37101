package io.ordinal.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;

/** What went wrong, in a line for people. */
final class Explanation {
  private Explanation() {}

  static String of(Throwable failure) {
    StringBuilder text = new StringBuilder(said(failure));
    Throwable cause = failure.getCause();
    while (cause != null) {
      boolean wraps = cause instanceof ExecutionException && cause.getCause() != null;
      if (!wraps && text.indexOf(said(cause)) < 0) text.append(": ").append(said(cause));
      cause = cause.getCause();
    }
    if (text.indexOf("Address already in use") >= 0) {
      text.append("; end the program that has this port, or set another port in member.conf");
    }
    return text.toString();
  }

  private static String said(Throwable failure) {
    if (failure instanceof FileSystemException file) return file.getFile() + ": " + reason(file);
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  /** The JDK tells most of these by the exception's class alone. */
  private static String reason(FileSystemException failure) {
    if (failure.getReason() != null) return failure.getReason();
    if (failure instanceof AccessDeniedException) return "permission denied";
    if (failure instanceof NoSuchFileException) return "no such file or directory";
    if (failure instanceof FileAlreadyExistsException) return "is there already";
    return failure.getClass().getSimpleName();
  }
}
