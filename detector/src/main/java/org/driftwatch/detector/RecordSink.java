package org.driftwatch.detector;

/** Takes what {@link RecordParser} finds in a value, in order; called on the parsing thread. */
public interface RecordSink {
  /**
   * A hit.
   *
   * @param word the hit as a DAQ word, see {@link HitWord}
   */
  void hit(long word);

  /**
   * A trigger word: a record of its own, but nothing else of it is used.
   *
   * @param head 0, 1 or 3 to 7
   */
  void triggerWord(int head);

  /**
   * A malformed record.
   *
   * @param fault what kind of fault it is
   * @param index where in the value it begins, in lines or words from 0
   * @param from its first byte within the value
   * @param to the byte after its last
   * @param reason what is wrong: the number found and what was expected
   */
  void malformed(RecordFault fault, int index, int from, int to, String reason);
}
