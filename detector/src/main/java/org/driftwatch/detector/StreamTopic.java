package org.driftwatch.detector;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Names of the topics' contract: topics, record headers, the CSV columns. One place, so that the
 * programs which meet in Kafka only agree on every letter.
 */
public final class StreamTopic {
  /** Topic the readout's records are read from. */
  public static final String STREAM = "stream";

  /** Topic of the window summaries, compacted, keyed by window. */
  public static final String RESULTS = "results";

  /** Topic of malformed records with their original bytes. */
  public static final String REJECTED = "stream-rejected";

  /** Topic of how the monitor does, compacted, keyed by the part that says it. */
  public static final String STATUS = "status";

  /** Topic of the verdicts, compacted, keyed by subject and check. */
  public static final String QUALITY = "quality";

  /** Topic of the alarms, compacted, one key for each. */
  public static final String ALARMS = "alarms";

  /** Topic of what is to be done with alarms, keyed as they are. */
  public static final String ALARM_COMMANDS = "alarm-commands";

  /** Topic of some orbits with muons of each window, keyed by window. */
  public static final String EVENTS = "events";

  /** Record header on {@link #STREAM} that tells how the value is laid out. */
  public static final String FORMAT_HEADER = "format";

  /** Value of {@link #FORMAT_HEADER} for a block of little-endian 64-bit words. */
  public static final String FORMAT_WORDS = "words";

  private static final byte[] WORDS = FORMAT_WORDS.getBytes(StandardCharsets.US_ASCII);

  /** Header on {@link #REJECTED}: why the record is malformed. */
  public static final String REASON_HEADER = "reason";

  /** Header on {@link #REJECTED}: the topic the record came from. */
  public static final String TOPIC_HEADER = "topic";

  /** Header on {@link #REJECTED}: the partition the record came from. */
  public static final String PARTITION_HEADER = "partition";

  /** Header on {@link #REJECTED}: the offset of the record it came in. */
  public static final String OFFSET_HEADER = "offset";

  /** Header on {@link #REJECTED}: position within the record's value, in lines or words from 0. */
  public static final String INDEX_HEADER = "index";

  /** Header on {@link #REJECTED}: length of a record too large for the topic, sent in part. */
  public static final String TRUNCATED_HEADER = "truncated-from";

  /** Header on {@link #REJECTED}: length of a key too large for the topic, sent in part. */
  public static final String KEY_TRUNCATED_HEADER = "key-truncated-from";

  /**
   * Header on {@link #REJECTED}: timestamp of the record it came in, ms since the epoch, where the
   * topic does not take it and the record has the time of its sending.
   */
  public static final String TIMESTAMP_HEADER = "timestamp";

  /** The columns of the CSV files, in order; also the keys of a JSON record. */
  public static final List<String> COLUMNS =
      List.of("HEAD", "FPGA", "TDC_CHANNEL", "ORBIT_CNT", "BX_COUNTER", "TDC_MEAS");

  private StreamTopic() {}

  /**
   * What a record's header says of its value.
   *
   * @param header value of {@link #FORMAT_HEADER}; null where the record has none
   */
  public static ValueFormat format(byte[] header) {
    return Arrays.equals(header, WORDS) ? ValueFormat.BLOCK : ValueFormat.UNMARKED;
  }
}
