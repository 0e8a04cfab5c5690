package org.driftwatch.pipelines;

import org.checkerframework.checker.nullness.qual.Nullable;

/** Something outside keeps the program from its work; the message is the one line to show. */
public final class FailureException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A failure that nothing else lies behind. */
  public FailureException(String message) {
    this(message, null);
  }

  /** A failure with its one line. */
  public FailureException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
