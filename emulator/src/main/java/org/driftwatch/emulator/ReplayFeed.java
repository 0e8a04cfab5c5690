package org.driftwatch.emulator;

import java.io.IOException;
import org.apache.kafka.common.header.Header;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.detector.RecordSink;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.emulator.pace.Pace;
import org.driftwatch.emulator.record.RecordedRecord;
import org.driftwatch.emulator.record.RecordingReader;
import org.driftwatch.emulator.send.KafkaSender;
import org.driftwatch.emulator.source.RowBatch;

/** The way of a recorded Kafka record: sent again as it was, with its timestamp. */
final class ReplayFeed implements Feed {
  private final RecordingReader recording;
  private final KafkaSender sender;
  private final RowBatch noRows;
  private final RecordParser parser;
  private final Rows rows = new Rows();
  private Pace pace;
  private RecordedRecord present;
  private long read;

  /** Counts what a value holds. */
  private static final class Rows implements RecordSink {
    int all;
    int hits;

    @Override
    public void hit(long word, long orbitAbove) {
      all++;
      hits++;
    }

    @Override
    public void triggerWord(int head) {
      all++;
    }

    @Override
    public void malformed(RecordFault fault, int index, int from, int to, String reason) {
      all++;
    }
  }

  ReplayFeed(DetectorDescription detector, RecordingReader recording, KafkaSender sender) {
    noRows = new RowBatch(new RecordPacking(detector), 0);
    parser = new RecordParser(detector);
    this.recording = recording;
    this.sender = sender;
  }

  /** The pace of it; before the first record. */
  void follow(Pace recordedPace) {
    pace = recordedPace;
  }

  /** Timestamp of the record that is next, ms since 1970. */
  long timestamp() {
    return present.timestamp();
  }

  @Override
  public boolean next() throws IOException {
    if (present != null) {
      return true;
    }
    present = recording.read();
    if (present == null) {
      return false;
    }
    read++;
    if (present.timestamp() < 0 || present.partition() < 0) {
      throw new IOException(
          "record "
              + read
              + " of the recording has timestamp "
              + present.timestamp()
              + " and partition "
              + present.partition()
              + ", expected 0 or more");
    }
    if (sender.keepsPartitions()) {
      sender.checkPartition(
          present.partition(), "record " + read + " of the recording (or give --partitioning)");
    }
    return true;
  }

  @Override
  public long due() {
    return pace.due(noRows, 0);
  }

  @Override
  public void send(long due) {
    rows.all = 0;
    rows.hits = 0;
    parser.parse(present.value(), format(), rows);
    sender.sendAsItIs(present, Math.max(1, rows.all), rows.hits);
    present = null;
    pace.sent();
  }

  private ValueFormat format() {
    for (Header header : present.headers()) {
      if (header.key().equals(StreamTopic.FORMAT_HEADER)) {
        return StreamTopic.format(header.value());
      }
    }
    return ValueFormat.UNMARKED;
  }

  @Override
  public long deadline() {
    return Long.MAX_VALUE;
  }

  @Override
  public void release(long now) {}

  @Override
  public void flush() {}
}
