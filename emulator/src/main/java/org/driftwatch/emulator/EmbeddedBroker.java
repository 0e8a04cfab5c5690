package org.driftwatch.emulator;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker in this JVM: one node in KRaft mode, both broker and controller, reachable on
 * the loopback address only. For a screen on one machine and for tests; it takes records of up to
 * 64 MiB and creates no topic by itself.
 *
 * <pre>{@code
 * try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
 *   useKafkaAt(broker.bootstrapServers());
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class EmbeddedBroker implements AutoCloseable {
  /** Largest record taken, bytes; a batch may hold a little more for its own framing. */
  public static final int MAX_RECORD_BYTES = 64 << 20;

  private static final int MAX_BATCH_BYTES = MAX_RECORD_BYTES + (1 << 20);
  private static final String HOST = "127.0.0.1";
  private static final int NODE = 1;

  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker and returns when it serves.
   *
   * @param dataFolder where its data lies; created if missing, and what an earlier broker left
   *     there is served again
   * @param port port of the clients' listener, 0 for any free one
   * @throws IOException if the port is in use or the folder cannot be written, with one line that
   *     says so
   */
  public static EmbeddedBroker start(Path dataFolder, int port) throws IOException {
    return start(dataFolder, port, Map.of());
  }

  /** Starts a broker with further settings of Kafka's. */
  static EmbeddedBroker start(Path dataFolder, int port, Map<String, String> settings)
      throws IOException {
    int clients = freePort(port);
    int controller = freePort(0);
    while (controller == clients) {
      controller = freePort(0);
    }
    Path logs = dataFolder.toAbsolutePath().normalize().resolve("kafka");
    try {
      Files.createDirectories(logs);
      if (!Files.exists(logs.resolve("meta.properties"))) {
        format(logs);
      }
    } catch (IOException e) {
      throw new IOException(
          "the broker's data folder "
              + dataFolder
              + " cannot be written: "
              + e
              + "; choose another",
          e);
    }
    KafkaRaftServer server = null;
    try {
      Map<String, String> config = config(logs, clients, controller);
      config.putAll(settings);
      server = new KafkaRaftServer(new KafkaConfig(config), Time.SYSTEM);
      server.startup();
      return new EmbeddedBroker(server, HOST + ":" + clients);
    } catch (RuntimeException e) {
      if (server != null) {
        server.shutdown();
      }
      throw new IOException(
          "the Kafka broker on "
              + HOST
              + ":"
              + clients
              + " with data in "
              + dataFolder
              + " did not start: "
              + e.getMessage(),
          e);
    }
  }

  /** Where clients connect, {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Stops the broker and waits until its ports are free; a second call does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      server.shutdown();
      server.awaitShutdown();
    }
  }

  private static int freePort(int wanted) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IOException(
          "port "
              + wanted
              + " on "
              + HOST
              + " cannot be used for the Kafka broker ("
              + e.getMessage()
              + "); stop what listens there or choose another port",
          e);
    }
  }

  private static void format(Path logs) throws IOException {
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
            .setNodeId(NODE)
            .setClusterId(Uuid.randomUuid().toString())
            .setControllerListenerName("CONTROLLER")
            .addDirectory(logs.toString())
            .setMetadataLogDirectory(logs.toString());
    try {
      formatter.run();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Map<String, String> config(Path logs, int clients, int controller) {
    Map<String, String> config = new HashMap<>();
    config.put("process.roles", "broker,controller");
    config.put("node.id", Integer.toString(NODE));
    config.put("controller.quorum.voters", NODE + "@" + HOST + ":" + controller);
    config.put("controller.listener.names", "CONTROLLER");
    config.put("inter.broker.listener.name", "CLIENTS");
    config.put(
        "listeners",
        "CLIENTS://" + HOST + ":" + clients + ",CONTROLLER://" + HOST + ":" + controller);
    config.put("advertised.listeners", "CLIENTS://" + HOST + ":" + clients);
    config.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    config.put("log.dirs", logs.toString());

    config.put("auto.create.topics.enable", "false");
    config.put("message.max.bytes", Integer.toString(MAX_BATCH_BYTES));
    config.put("replica.fetch.max.bytes", Integer.toString(MAX_BATCH_BYTES));
    config.put("socket.request.max.bytes", Integer.toString(2 * MAX_BATCH_BYTES));

    // One node holds every replica there is.
    config.put("default.replication.factor", "1");
    config.put("offsets.topic.replication.factor", "1");
    config.put("offsets.topic.num.partitions", "1");
    config.put("transaction.state.log.replication.factor", "1");
    config.put("transaction.state.log.min.isr", "1");
    config.put("transaction.state.log.num.partitions", "1");
    config.put("group.initial.rebalance.delay.ms", "0");

    // Replayed records carry old timestamps: retention by time would delete them unread.
    config.put("log.retention.ms", "-1");
    config.put("log.retention.bytes", Long.toString(16L << 30));
    config.put("log.segment.bytes", Integer.toString(512 << 20));
    config.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));

    config.put("num.network.threads", "2");
    config.put("num.io.threads", "2");
    config.put("num.recovery.threads.per.data.dir", "2");
    config.put("background.threads", "2");
    config.put("socket.send.buffer.bytes", "-1");
    config.put("socket.receive.buffer.bytes", "-1");
    config.put("broker.heartbeat.interval.ms", "500");
    return config;
  }
}
