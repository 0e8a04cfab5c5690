package org.driftwatch.pipelines.reference;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One record of the topic {@code stream}, as far as results depend on it.
 *
 * @param value its value; null for a tombstone
 * @param words true where its header says {@code format: words}
 * @param timestamp its timestamp, ms since the epoch
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record StreamRecord(byte @Nullable [] value, boolean words, long timestamp) {}
