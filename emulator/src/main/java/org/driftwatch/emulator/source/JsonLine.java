package org.driftwatch.emulator.source;

import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.detector.RecordSink;
import org.driftwatch.detector.ValueFormat;

/**
 * One line of text as a row, a JSON object as in the stream. A trigger word is its HEAD, and zeros.
 * No object per hit. Not safe for use by several threads.
 */
final class JsonLine implements LineReader, RecordSink {
  private final RecordParser parser;
  private final HitLayout layout;
  private RowBatch batch;
  private String fault;

  JsonLine(DetectorDescription detector) {
    parser = new RecordParser(detector);
    layout = new HitLayout(detector);
  }

  @Override
  public Optional<String> read(byte[] buffer, int from, int to, RowBatch rows) {
    batch = rows;
    fault = null;
    parser.parse(buffer, from, to, ValueFormat.TEXT, this);
    return Optional.ofNullable(fault);
  }

  @Override
  public void run(long run) {
    batch.setRun(run);
  }

  @Override
  public void hit(long word, long orbitAbove) {
    batch.add(word, orbitAbove);
  }

  @Override
  public void triggerWord(int head) {
    batch.add(layout.triggerWord(head), 0);
  }

  @Override
  public void malformed(RecordFault kind, int index, int from, int to, String reason) {
    fault = kind == RecordFault.EMPTY ? null : reason;
  }
}
