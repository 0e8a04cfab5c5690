package org.driftwatch.pipelines;

/** What the user asked for cannot be done as asked; the message is the one line to show. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
