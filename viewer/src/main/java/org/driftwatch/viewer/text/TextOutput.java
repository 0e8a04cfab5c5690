package org.driftwatch.viewer.text;

import java.io.PrintStream;
import java.time.Instant;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Connection.State;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.MalformedMessage;
import org.driftwatch.viewer.model.PackedWindow;
import org.driftwatch.viewer.model.ResultsListener;

/**
 * The dashboard without a display: a line per window revision on one stream, with a heading now and
 * then; what the viewer waits for and what it could not read on the other. Belongs to the reader's
 * thread.
 */
public final class TextOutput implements ResultsListener {
  private static final int LINES_PER_HEADING = 20;

  private final DetectorDescription description;
  private final PrintStream windows;
  private final PrintStream notices;
  private final Runnable onNobodyReads;
  private Detector detector;
  private int linesSinceHeading = LINES_PER_HEADING;
  private boolean anyWindow;
  private long malformed;
  private long malformedTold;
  private MalformedMessage lastMalformed;

  /**
   * An output.
   *
   * @param description the detector, as far as its results fit
   * @param windows where headings and window lines go
   * @param notices where everything else goes
   * @param onNobodyReads runs when {@code windows} is closed at its other end
   */
  public TextOutput(
      DetectorDescription description,
      PrintStream windows,
      PrintStream notices,
      Runnable onNobodyReads) {
    this.description = description;
    this.detector = Detector.of(description);
    this.windows = windows;
    this.notices = notices;
    this.onNobodyReads = onNobodyReads;
  }

  @Override
  public void connection(Connection now) {
    tellMalformed();
    if (now.state() == State.LIVE && !anyWindow) {
      notice(now.state().title() + ": " + now.detail() + ", waiting for the first window");
    } else {
      notice(now.state().title() + ": " + now.detail());
    }
  }

  @Override
  public void windowOfPast(PackedWindow window, Instant published) {
    throw new IllegalStateException("lines are printed in the topic's order");
  }

  @Override
  public void deletedInPast(Instant windowStart) {
    throw new IllegalStateException("lines are printed in the topic's order");
  }

  @Override
  public void window(PackedWindow window, Instant published) {
    anyWindow = true;
    if (!detector.fits(window.channels())) {
      detector = Detector.of(description, window.channels());
      linesSinceHeading = LINES_PER_HEADING;
      if (detector.description().isEmpty()) {
        notice(Detector.of(description).objection(window.channels()).orElseThrow());
      }
    }
    TextLine line = new TextLine(detector);
    if (linesSinceHeading == LINES_PER_HEADING) {
      windows.println(line.heading());
      linesSinceHeading = 0;
    }
    windows.println(line.of(window.summary()));
    linesSinceHeading++;
  }

  @Override
  public void deleted(Instant windowStart) {
    notice("window " + SummaryJson.key(windowStart) + " was deleted from the topic");
  }

  @Override
  public void malformed(MalformedMessage message) {
    malformed++;
    lastMalformed = message;
  }

  private void tellMalformed() {
    if (malformed > malformedTold) {
      notice(malformed + " malformed result(s) skipped, the last: " + lastMalformed.line());
      malformedTold = malformed;
    }
  }

  @Override
  public void restarted() {
    notice("reading the topic again from its beginning");
    anyWindow = false;
    linesSinceHeading = LINES_PER_HEADING;
  }

  @Override
  public void batchEnded() {
    // Once a batch: a line for each of a flood would bury the windows.
    tellMalformed();
    if (windows.checkError()) {
      onNobodyReads.run();
    }
  }

  private void notice(String text) {
    windows.flush();
    notices.println("viewer: " + text);
  }
}
