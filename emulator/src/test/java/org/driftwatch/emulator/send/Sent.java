package org.driftwatch.emulator.send;

import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.HitWord;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.detector.RecordSink;

/** A sender that keeps what it is given. */
public final class Sent implements RecordSender {
  /** One Kafka record as sent. */
  @SuppressWarnings("ArrayRecordComponent") // looked into, never compared
  public record Message(byte[] key, byte[] value, boolean words, int rows, int hits, long stamp) {
    /** Its hits, as the parser of the stream's contract reads them. */
    public List<Long> readHits() {
      List<Long> found = new ArrayList<>();
      new RecordParser().parse(value, words, sink(found));
      return found;
    }
  }

  /** All records, in order. */
  public final List<Message> messages = new ArrayList<>();

  @Override
  public void send(byte[] key, byte[] value, boolean words, int rows, int hits, long stamp) {
    messages.add(new Message(key, value, words, rows, hits, stamp));
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
