package org.driftwatch.detector.testing;

import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.detector.RecordSink;

/** A sink that keeps what it is given, for tests to look at. */
public final class CollectedRecords implements RecordSink {
  /** The hits, as DAQ words. */
  public final List<Long> hits = new ArrayList<>();

  /** HEAD of the trigger words. */
  public final List<Integer> triggerWords = new ArrayList<>();

  /** The malformed records. */
  public final List<Malformed> malformed = new ArrayList<>();

  /** A malformed record as the parser reports it. */
  public record Malformed(RecordFault fault, int index, int from, int to, String reason) {}

  /** What a new parser finds in a value. */
  public static CollectedRecords of(byte[] value, boolean words) {
    CollectedRecords records = new CollectedRecords();
    new RecordParser().parse(value, words, records);
    return records;
  }

  @Override
  public void hit(long word) {
    hits.add(word);
  }

  @Override
  public void triggerWord(int head) {
    triggerWords.add(head);
  }

  @Override
  public void malformed(RecordFault fault, int index, int from, int to, String reason) {
    malformed.add(new Malformed(fault, index, from, to, reason));
  }

  /** The faults of the malformed records, in order. */
  public List<RecordFault> faults() {
    return malformed.stream().map(Malformed::fault).toList();
  }

  /** The reasons of the malformed records, in order. */
  public List<String> reasons() {
    return malformed.stream().map(Malformed::reason).toList();
  }
}
