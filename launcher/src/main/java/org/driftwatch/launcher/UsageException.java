package org.driftwatch.launcher;

/** A mistake in what the user gave; ends with status 2. */
final class UsageException extends LauncherException {
  UsageException(String message) {
    super(message);
  }
}
