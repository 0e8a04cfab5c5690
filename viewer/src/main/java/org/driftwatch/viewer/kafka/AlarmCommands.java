package org.driftwatch.viewer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.driftwatch.quality.alarm.AlarmCommand;

/**
 * Sends what users ask to be done with alarms, on a thread of its own. The producer is made for the
 * first command: most viewers send none.
 */
public final class AlarmCommands implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 4_000;
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          ProducerConfig.CLIENT_ID_CONFIG,
          "driftwatch-viewer",
          ProducerConfig.LINGER_MS_CONFIG,
          0,
          ProducerConfig.MAX_BLOCK_MS_CONFIG,
          PATIENCE_MILLIS,
          ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
          PATIENCE_MILLIS,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          PATIENCE_MILLIS);

  /** Hears that a command could not be sent. */
  @FunctionalInterface
  public interface FailureListener {
    /** One line that says why; called on a thread of the sender. */
    void failed(AlarmCommand command, String reason);
  }

  private final KafkaSettings settings;
  private final FailureListener onFailure;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread t = new Thread(task, "alarm-commands");
            t.setDaemon(true);
            return t;
          });

  /** Belongs to the thread. */
  private Optional<KafkaProducer<byte[], byte[]>> producer = Optional.empty();

  /**
   * A sender.
   *
   * @param settings name the topic of the commands
   */
  public AlarmCommands(KafkaSettings settings, FailureListener onFailure) {
    this.settings = settings;
    this.onFailure = onFailure;
  }

  /** Sends a command, soon; from any thread. */
  public void send(AlarmCommand command) {
    thread.execute(() -> sendNow(command));
  }

  private void sendNow(AlarmCommand command) {
    try {
      if (producer.isEmpty()) {
        producer = Optional.of(new KafkaProducer<>(settings.producer(DEFAULTS)));
      }
      Future<RecordMetadata> unused =
          producer
              .get()
              .send(
                  new ProducerRecord<>(
                      settings.topic(), command.alarm().getBytes(UTF_8), command.write()),
                  (sent, failure) -> {
                    if (failure != null) {
                      failed(command, failure);
                    }
                  });
    } catch (IOException | KafkaException e) {
      failed(command, e);
    }
  }

  private void failed(AlarmCommand command, Exception e) {
    onFailure.failed(
        command,
        settings
            .access()
            .refusal(e, settings.topic())
            .orElse(
                "topic "
                    + settings.topic()
                    + " at "
                    + settings.bootstrap()
                    + ": "
                    + e.getMessage()));
  }

  @Override
  public void close() {
    thread.execute(() -> producer.ifPresent(open -> open.close(Duration.ZERO)));
    thread.shutdown();
  }
}
