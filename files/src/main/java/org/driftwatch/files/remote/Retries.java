package org.driftwatch.files.remote;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How often a request is tried again, and after which pause: doubled each time up to the longest.
 *
 * @param tries requests in a row that may fail without a byte of progress
 * @param first the first pause
 * @param longest the longest pause
 */
record Retries(int tries, Duration first, Duration longest) {
  /** About 40 s in all, beside the time-outs of the requests themselves. */
  static final Retries STANDARD = new Retries(10, Duration.ofMillis(100), Duration.ofSeconds(15));

  /** Something that may fail. */
  interface Request<T> {
    T send() throws IOException;
  }

  /**
   * Sends a request, and again if it fails in a way that may pass. A server that cannot be reached
   * at all is given up at once: its name is likely wrong.
   *
   * @param name what is asked for
   * @param lines takes a line for each try that failed
   */
  <T> T send(String name, Consumer<String> lines, Request<T> request) throws IOException {
    for (int failed = 1; ; failed++) {
      try {
        return request.send();
      } catch (IOException e) {
        Trouble trouble = Trouble.of(e);
        if (trouble.kind() != Trouble.Kind.PASSING || failed == tries) {
          throw new IOException("source " + name + ": " + trouble.text(), e);
        }
        pause(name + ": " + trouble.text(), failed, lines);
      }
    }
  }

  /**
   * Tells what went wrong, and waits.
   *
   * @param failed tries in a row that failed, from 1
   */
  void pause(String what, int failed, Consumer<String> lines) throws InterruptedIOException {
    long millis =
        Math.min(longest.toMillis(), first.toMillis() << Math.min(failed - 1, Integer.SIZE - 2));
    lines.accept(
        String.format(
            Locale.ROOT, "%s; try %d of %d in %.2f s", what, failed + 1, tries, millis / 1000.0));
    try {
      // Nothing announces that the server has recovered; the end of the program interrupts this.
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
