package org.driftwatch.quality.service;

import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * A session's clients of Kafka.
 *
 * @param producer publishes by transactions
 */
record Connection(Admin admin, Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer)
    implements AutoCloseable {
  private static final Duration END = Duration.ofSeconds(2);

  /**
   * Makes the clients.
   *
   * @param id of the transactions
   * @throws IOException with one line, where the client properties cannot be read
   */
  static Connection open(Clients clients, String id) throws IOException {
    Admin admin = clients.admin();
    try {
      Consumer<byte[], byte[]> consumer = clients.consumer();
      try {
        return new Connection(admin, consumer, clients.producer(id));
      } catch (IOException | RuntimeException e) {
        consumer.close(END);
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      admin.close(END);
      throw e;
    }
  }

  /** Ends all; what is under way is given up. */
  @Override
  public void close() {
    producer.close(END);
    consumer.close(END);
    admin.close(END);
  }
}
