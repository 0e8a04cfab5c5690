package org.driftwatch.pipelines.read;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.clock.PartitionTime;
import org.joda.time.Instant;

/**
 * Reads the blocks of a {@link BlockSource}. A block ends where nothing more is there to be read,
 * or at its largest size, or where it spans {@link #MAX_SPAN_MILLIS} of event time and the
 * watermark has moved on by as much; and nothing more is read where the watermark has moved on by
 * as much since the runner last asked for it. So the runner's watermark is never further than twice
 * that ahead of a block's own, and what is in time by the block's is not late beyond repair by the
 * runner's.
 */
final class BlockReader extends UnboundedReader<RecordBlock> {
  /** Records of a block after which no further {@link RecordRun} is read. */
  static final int MAX_RECORDS = 8192;

  /** The same of bytes. */
  static final int MAX_BYTES = 1 << 20;

  /** Most event time read before the runner is told of the watermark, ms. */
  static final long MAX_SPAN_MILLIS = 10_000;

  /** Room for records that each block begins with. */
  private static final int FEWEST_RECORDS = 256;

  private static final long IDLE_WAIT_NANOS = 25_000_000;

  /** Pause of a reader that may not read on, before the runner asks again. */
  private static final long NO_ROOM_NANOS = 2_000_000;

  /** Event time of a block between two looks at the watermark, where it decides, ms. */
  private static final long LOOK_EACH_MILLIS = 500;

  private final BlockSource source;
  private final UnboundedReader<KafkaRecord<byte[], byte[]>> records;
  private final SharedClock shared;
  private final BlockMetrics metrics = new BlockMetrics();
  private final ReaderReport report;
  private boolean started;
  private boolean failed;
  private @Nullable PartitionTime[] times = new PartitionTime[0];

  /** Of the next block: as of the last. */
  private int likelySize = FEWEST_RECORDS;

  private int likelyBytes;
  private @Nullable RecordBlock current;
  private long currentTimestamp;
  private long watermark = Long.MIN_VALUE;
  private long toldWatermark = Long.MIN_VALUE;

  BlockReader(
      BlockSource source,
      UnboundedReader<KafkaRecord<byte[], byte[]>> records,
      boolean alreadyStarted) {
    this.source = source;
    this.records = records;
    shared = source.shared();
    report = new ReaderReport(source.topic(), shared);
    started = alreadyStarted;
    if (alreadyStarted) {
      watermark = records.getWatermark().getMillis();
      toldWatermark = watermark;
    }
  }

  @Override
  public boolean start() throws IOException {
    return advance();
  }

  @Override
  public boolean advance() throws IOException {
    current = null;
    report.look();
    if (toldWatermark > BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis()
        && watermark - toldWatermark > MAX_SPAN_MILLIS) {
      return false;
    }
    if (!ReadAhead.PROCESS.hasRoom(System.nanoTime())) {
      LockSupport.parkNanos(NO_ROOM_NANOS);
      return false;
    }
    metrics.begin();
    boolean done = false;
    try {
      boolean read = readBlock();
      done = true;
      return read;
    } finally {
      failed |= !done;
      metrics.end();
    }
  }

  private boolean readBlock() throws IOException {
    RecordBlock.Builder block = null;
    long wall = shared.clock().wallMillis();
    // What is older is too late for any window, and is no time of the block's.
    long tooLate = watermark < 0 ? 0 : watermark - shared.timing().tooLateMillis();
    long earliest = Long.MAX_VALUE;
    long latest = 0;
    long lookAt = MAX_SPAN_MILLIS;
    while (block == null
        ? awaitRecord()
        : block.size() < MAX_RECORDS
            && block.bytes() < MAX_BYTES
            && (latest - earliest <= lookAt || watermarkStays())
            && advanceRecords()) {
      if (latest - earliest > lookAt) {
        lookAt = latest - earliest + LOOK_EACH_MILLIS;
      }
      if (block == null) {
        block = new RecordBlock.Builder(source.topic(), likelySize, likelyBytes);
      }
      List<ConsumerRecord<byte[], byte[]>> run = RecordRun.of(records.getCurrent());
      metrics.readAsOne(run);
      for (int i = 0; i < run.size(); i++) {
        ConsumerRecord<byte[], byte[]> record = run.get(i);
        int before = block.bytes();
        block.add(
            record.partition(),
            record.offset(),
            record.timestamp(),
            record.key(),
            record.value(),
            format(record.headers()));
        long timestamp = EventTime.clamp(record.timestamp());
        if (timestamp < tooLate) {
          continue;
        }
        // What is far ahead of its own partition may be earlier than the records of another.
        earliest = Math.min(earliest, timestamp);
        if (isFarAhead(record.partition(), timestamp, wall)) {
          int bytes = block.bytes() - before;
          if (!shared.farAhead().admits(timestamp, bytes, Math.max(0, watermark))) {
            block.tooFarAhead();
          }
          continue;
        }
        latest = Math.max(latest, timestamp);
      }
    }
    if (block == null) {
      return false;
    }
    likelySize = Math.max(FEWEST_RECORDS, block.size());
    likelyBytes = Math.min(MAX_BYTES, block.bytes());
    current = block.build(watermark);
    ReadAhead.PROCESS.read(current, System.nanoTime());
    currentTimestamp = earliest == Long.MAX_VALUE ? Math.max(0, watermark) : earliest;
    watermark = Math.max(watermark, records.getWatermark().getMillis());
    return true;
  }

  private boolean isFarAhead(int partition, long timestamp, long wall) {
    PartitionTime time = partition < times.length ? times[partition] : null;
    if (time == null) {
      time = shared.clock().partition(partition).orElseGet(() -> shared.clock().reads(partition));
      times = Arrays.copyOf(times, Math.max(times.length, partition + 1));
      times[partition] = time;
    }
    return time.isFarAhead(timestamp, wall);
  }

  /**
   * True where the watermark is still within the span of what it was before the block: then records
   * far apart are of partitions that are far apart, and the earliest of these holds the watermark.
   */
  private boolean watermarkStays() {
    return watermark > BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis()
        && records.getWatermark().getMillis() - watermark <= MAX_SPAN_MILLIS;
  }

  /**
   * Waits a little for the first record: a runner asks again at once, and each asking has a price.
   */
  private boolean awaitRecord() throws IOException {
    long deadline = System.nanoTime() + IDLE_WAIT_NANOS;
    while (!advanceRecords()) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
    }
    return true;
  }

  private boolean advanceRecords() throws IOException {
    if (started) {
      return records.advance();
    }
    started = true;
    return records.start();
  }

  private static ValueFormat format(Headers headers) {
    Header format = headers.lastHeader(StreamTopic.FORMAT_HEADER);
    return StreamTopic.format(format == null ? null : format.value());
  }

  @Override
  public RecordBlock getCurrent() {
    if (current == null) {
      throw new NoSuchElementException();
    }
    return current;
  }

  @Override
  public Instant getCurrentTimestamp() {
    if (current == null) {
      throw new NoSuchElementException();
    }
    return Instant.ofEpochMilli(currentTimestamp);
  }

  @Override
  public Instant getWatermark() {
    watermark = Math.max(watermark, records.getWatermark().getMillis());
    toldWatermark = watermark;
    return Instant.ofEpochMilli(watermark);
  }

  @Override
  public UnboundedSource.CheckpointMark getCheckpointMark() {
    return records.getCheckpointMark();
  }

  @Override
  public UnboundedSource<RecordBlock, ?> getCurrentSource() {
    return source;
  }

  @Override
  public void close() throws IOException {
    if (started && !failed && source.isReopened()) {
      ParkedReaders.park(source.id(), records);
    } else {
      records.close();
    }
  }
}
