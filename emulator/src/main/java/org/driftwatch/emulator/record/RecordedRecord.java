package org.driftwatch.emulator.record;

import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * A Kafka record of a recording.
 *
 * @param partition the partition that it stood in
 * @param timestamp ms since 1970
 * @param key null for none
 * @param value null for none
 * @param headers in their order
 */
@SuppressWarnings("ArrayRecordComponent") // sent on, never compared
public record RecordedRecord(
    int partition, long timestamp, byte[] key, byte[] value, List<Header> headers) {}
