package org.driftwatch.pipelines.chaos;

import java.io.IOException;

/** The Kafka that the parts meet in: brokers in processes of their own. */
interface Brokers extends AutoCloseable {
  /** Bootstrap servers, the same all the time. */
  String servers();

  /** Replicas that every topic shall have. */
  int replication();

  /** Starts what does not run, with the data it had, and waits until it serves. */
  void start() throws IOException;

  /** Kills a broker that everything depends on. */
  void kill() throws Exception;

  /** Ends all brokers as a user would. */
  void stop() throws IOException, InterruptedException;

  @Override
  void close();
}
