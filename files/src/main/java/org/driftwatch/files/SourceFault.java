package org.driftwatch.files;

import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * A failure that another try does not cure: content is broken, has changed or is unavailable. The
 * message is a clause without the file's name, which the caller puts in front.
 */
public final class SourceFault extends IOException {
  /** A fault without a cause. */
  public SourceFault(String clause) {
    super(clause);
  }

  /** A fault with its cause. */
  public SourceFault(String clause, Throwable cause) {
    super(clause, cause);
  }

  /**
   * The fault of a file that is no longer what it was.
   *
   * @param since what the change came after: {@code since it was listed}, {@code while it was read}
   * @param how what it is now and was
   */
  public static SourceFault changed(String since, String how) {
    return new SourceFault(
        "it has changed " + since + " (" + how + "); start again once nothing writes to it");
  }

  /**
   * The failure to read at a place of a file, as one line.
   *
   * @param where file and line, or byte
   * @return an interruption as it is, for it is no fault of the file
   */
  public static IOException at(String where, IOException failure) {
    // A time-out calls itself an interruption; it is none.
    if (failure.getClass() == InterruptedIOException.class) {
      return failure;
    }
    return new IOException(
        where
            + ": "
            + (failure instanceof SourceFault
                ? failure.getMessage()
                : "reading failed: " + failure),
        failure);
  }
}
