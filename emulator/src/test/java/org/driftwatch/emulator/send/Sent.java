package org.driftwatch.emulator.send;

import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.HitWord;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.detector.RecordSink;

/** A sender that keeps what it is given. */
public final class Sent implements RecordSender {
  /** All records, in order. */
  public final List<Message> messages = new ArrayList<>();

  @Override
  public void send(Message message) {
    messages.add(message);
  }

  /** The hits of a value, as the parser of the stream's contract reads them. */
  public static List<Long> readHits(byte[] value, boolean words) {
    List<Long> found = new ArrayList<>();
    new RecordParser().parse(value, words, sink(found));
    return found;
  }

  private static RecordSink sink(List<Long> found) {
    return new RecordSink() {
      @Override
      public void hit(long word) {
        found.add(word);
      }

      @Override
      public void triggerWord(int head) {
        if (head == HitWord.HEAD_HIT) {
          throw new AssertionError("a hit was taken for a trigger word");
        }
      }

      @Override
      public void malformed(RecordFault fault, int index, int from, int to, String reason) {
        throw new AssertionError("malformed: " + reason);
      }
    };
  }
}
