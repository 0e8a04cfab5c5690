package org.driftwatch.launcher;

/** A failure whose message, one line, is all that a user needs; ends with status 1. */
class LauncherException extends RuntimeException {
  LauncherException(String message) {
    super(message);
  }
}
