package org.driftwatch.pipelines;

/** Something outside keeps the program from its work; the message is the one line to show. */
final class FailureException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FailureException(String message, Throwable cause) {
    super(message, cause);
  }
}
