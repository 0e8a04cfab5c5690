package org.driftwatch.pipelines.clock;

/**
 * This machine's two clocks, in ms. The wall clock tells the date and may be set at any moment; the
 * monotonic clock tells how much time has passed and nothing else.
 */
public interface Clocks {
  /** The machine's own. */
  Clocks SYSTEM =
      new Clocks() {
        @Override
        public long wallMillis() {
          return System.currentTimeMillis();
        }

        @Override
        public long monotonicMillis() {
          return System.nanoTime() / 1_000_000;
        }
      };

  /** Wall-clock time, ms since the epoch. */
  long wallMillis();

  /** Time that has passed since some fixed moment, ms; never set, never goes back. */
  long monotonicMillis();
}
