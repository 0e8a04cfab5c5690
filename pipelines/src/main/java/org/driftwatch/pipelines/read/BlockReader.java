package org.driftwatch.pipelines.read;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Arrays;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.StreamTopic;
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
  /** Most records of a block. */
  static final int MAX_RECORDS = 8192;

  /** Most bytes of a block, but for a single larger record. */
  static final int MAX_BYTES = 1 << 20;

  /** Most event time read before the runner is told of the watermark, ms. */
  static final long MAX_SPAN_MILLIS = 10_000;

  /** Room for records that each block begins with. */
  private static final int FEWEST_RECORDS = 256;

  private static final long IDLE_WAIT_NANOS = 25_000_000;
  private static final byte[] WORDS = StreamTopic.FORMAT_WORDS.getBytes(US_ASCII);

  private final BlockSource source;
  private final UnboundedReader<KafkaRecord<byte[], byte[]>> records;
  private final BlockMetrics metrics = new BlockMetrics();
  private boolean started;

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
    if (toldWatermark > BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis()
        && watermark - toldWatermark > MAX_SPAN_MILLIS) {
      return false;
    }
    if (!ReadAhead.PROCESS.hasRoom(System.nanoTime())) {
      return false;
    }
    metrics.begin();
    try {
      return readBlock();
    } finally {
      metrics.end();
    }
  }

  private boolean readBlock() throws IOException {
    RecordBlock.Builder block = null;
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;
    while (block == null
        ? awaitRecord()
        : block.size() < MAX_RECORDS
            && block.bytes() < MAX_BYTES
            && (latest - earliest <= MAX_SPAN_MILLIS || watermarkStays())
            && advanceRecords()) {
      KafkaRecord<byte[], byte[]> record = records.getCurrent();
      if (block == null) {
        block = new RecordBlock.Builder(source.topic(), likelySize, likelyBytes);
      }
      block.add(
          record.getPartition(),
          record.getOffset(),
          record.getTimestamp(),
          record.getKV().getKey(),
          record.getKV().getValue(),
          isWords(record.getHeaders()));
      long timestamp = EventTime.clamp(record.getTimestamp());
      earliest = Math.min(earliest, timestamp);
      latest = Math.max(latest, timestamp);
    }
    if (block == null) {
      return false;
    }
    likelySize = Math.max(FEWEST_RECORDS, block.size());
    likelyBytes = Math.min(MAX_BYTES, block.bytes());
    current = block.build(watermark);
    ReadAhead.PROCESS.read(current, System.nanoTime());
    currentTimestamp = earliest;
    watermark = Math.max(watermark, records.getWatermark().getMillis());
    return true;
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

  private static boolean isWords(@Nullable Headers headers) {
    Header format = headers == null ? null : headers.lastHeader(StreamTopic.FORMAT_HEADER);
    return format != null && Arrays.equals(format.value(), WORDS);
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
    if (started) {
      ParkedReaders.park(source.id(), records);
    } else {
      records.close();
    }
  }
}
