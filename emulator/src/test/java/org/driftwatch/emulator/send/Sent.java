package org.driftwatch.emulator.send;

import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.detector.RecordSink;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.emulator.Course;

/** A sender that keeps what it is given. */
public final class Sent implements RecordSender {
  /** All records, in order. */
  public final List<Message> messages = new ArrayList<>();

  @Override
  public void send(Message message) {
    messages.add(message);
  }

  /**
   * A hit as the parser of the stream's contract reads it.
   *
   * @param word the hit, see {@link HitLayout}
   * @param orbitAbove the bits of its orbit above those in the word
   * @param run number of its run, or {@link RecordSink#NO_RUN}
   */
  public record Hit(long word, long orbitAbove, long run) {}

  /** The hits of a value of the course's detector. */
  public static List<Long> readHits(byte[] value, boolean words) {
    return readHits(Course.DETECTOR, value, words).stream().map(Hit::word).toList();
  }

  /**
   * The hits of a value; where a record is malformed, the test fails.
   *
   * @param words true where a header says that it is words
   */
  public static List<Hit> readHits(DetectorDescription detector, byte[] value, boolean words) {
    return read(detector, value, words ? ValueFormat.BLOCK : ValueFormat.UNMARKED);
  }

  /** The hits of text, though the detector's values may be words. */
  public static List<Hit> readText(DetectorDescription detector, byte[] value) {
    return read(detector, value, ValueFormat.TEXT);
  }

  private static List<Hit> read(DetectorDescription detector, byte[] value, ValueFormat format) {
    List<Hit> found = new ArrayList<>();
    HitLayout layout = new HitLayout(detector);
    new RecordParser(detector)
        .parse(
            value,
            format,
            new RecordSink() {
              private long run = NO_RUN;

              @Override
              public void run(long number) {
                run = number;
              }

              @Override
              public void hit(long word, long orbitAbove) {
                found.add(new Hit(word, orbitAbove, run));
              }

              @Override
              public void triggerWord(int head) {
                if (layout.isHitHead(head)) {
                  throw new AssertionError("a hit was taken for a trigger word");
                }
              }

              @Override
              public void malformed(RecordFault fault, int index, int from, int to, String why) {
                throw new AssertionError("malformed: " + why);
              }
            });
    return found;
  }
}
