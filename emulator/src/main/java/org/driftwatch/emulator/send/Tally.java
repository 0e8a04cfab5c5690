package org.driftwatch.emulator.send;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What was sent and what became of it. Rows handed over are counted by the sending thread alone,
 * acknowledgements by Kafka's thread alone; failures by either. May be read from any thread.
 */
public final class Tally {
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<String> reason = new AtomicReference<>();

  void handedOver(int rowCount, int hitCount) {
    add(messages, 1);
    add(rows, rowCount);
    add(hits, hitCount);
  }

  void acknowledged(int rowCount) {
    add(acknowledged, rowCount);
  }

  void failed(int rowCount, String why) {
    failed.addAndGet(rowCount);
    reason.compareAndSet(null, why);
  }

  /** One writer only: no need of an atomic addition on every row. */
  private static void add(AtomicLong counter, int n) {
    counter.setRelease(counter.getPlain() + n);
  }

  /** Kafka records sent. */
  public long messages() {
    return messages.getAcquire();
  }

  /** Rows of the readout sent. */
  public long rows() {
    return rows.getAcquire();
  }

  /** Hits among the rows sent. */
  public long hits() {
    return hits.getAcquire();
  }

  /** Rows that the broker acknowledged. */
  public long acknowledged() {
    return acknowledged.getAcquire();
  }

  /** Rows given up, with the broker's or the client's reason. */
  public long failed() {
    return failed.get();
  }

  /** The reason of the first failure; null if there is none. */
  public String reason() {
    return reason.get();
  }
}
