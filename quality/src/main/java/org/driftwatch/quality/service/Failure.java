package org.driftwatch.quality.service;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.driftwatch.kafka.KafkaAccess;

/** What a failure of Kafka's means. */
final class Failure {
  private Failure() {}

  /** In one line. */
  static String reason(KafkaAccess access, Throwable e) {
    return access
        .refusal(e)
        .orElseGet(
            () ->
                "Kafka at "
                    + access.servers()
                    + ": "
                    + (has(e, TimeoutException.class) ? "no answer in time" : innermost(e)));
  }

  /** True where Kafka has put an end to a producer for a later one of the same id. */
  static boolean isFenced(Throwable e) {
    return has(e, ProducerFencedException.class) || has(e, InvalidProducerEpochException.class);
  }

  /** True where the client properties cannot be used. */
  static boolean isUnusable(Throwable e) {
    return has(e, ConfigException.class)
        || String.valueOf(e.getMessage()).startsWith("Failed to construct kafka");
  }

  private static boolean has(Throwable e, Class<? extends Throwable> type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static String innermost(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
