package org.driftwatch.detector;

/** Takes what {@link RecordParser} finds in a value, in order; called on the parsing thread. */
public interface RecordSink {
  /** What {@link #run} is called with where a value carries no run number. */
  long NO_RUN = -1;

  /**
   * The number of the run that the following records are of. Called only where the detector's
   * records carry run numbers, before each value and again wherever the number may change.
   *
   * @param run 0 or more, or {@link #NO_RUN}
   */
  default void run(long run) {}

  /**
   * A hit.
   *
   * @param word the hit, see {@link HitLayout}
   * @param orbitAbove the bits of its orbit above those that the word holds
   */
  void hit(long word, long orbitAbove);

  /**
   * A trigger word: a record of its own, but nothing else of it is used.
   *
   * @param head its HEAD
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
