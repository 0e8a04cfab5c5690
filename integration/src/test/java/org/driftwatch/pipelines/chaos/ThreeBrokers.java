package org.driftwatch.pipelines.chaos;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.pipelines.testing.JavaCommand;

/**
 * A cluster of three brokers, each a controller too. Every topic has a replica on each, and a
 * record is taken when two have it; or it has a single one, and stands still while its broker is
 * away.
 */
final class ThreeBrokers implements Brokers {
  private static final int NODES = 3;
  private static final Duration SHUTDOWN = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final String servers;
  private final int replication;
  private final Map<Integer, Part> running = new TreeMap<>();
  private final Set<Integer> lost = new TreeSet<>();
  private int starts;

  private ThreeBrokers(Path folder, int replication) throws Exception {
    this.folder = folder;
    this.replication = replication;
    int[] clients = new int[NODES];
    int[] controllers = new int[NODES];
    for (int i = 0; i < NODES; i++) {
      clients[i] = Part.freePort();
      controllers[i] = Part.freePort();
    }
    servers =
        IntStream.of(clients)
            .mapToObj(port -> "127.0.0.1:" + port)
            .collect(Collectors.joining(","));
    String voters =
        IntStream.range(0, NODES)
            .mapToObj(i -> i + "@127.0.0.1:" + controllers[i])
            .collect(Collectors.joining(","));
    String cluster = Uuid.randomUuid().toString();
    for (int node = 0; node < NODES; node++) {
      configure(node, cluster, voters, clients[node], controllers[node]);
    }
    try {
      start();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts them; data and logs go to the folder. */
  static ThreeBrokers withReplicas(Path folder) throws Exception {
    return new ThreeBrokers(folder, NODES);
  }

  /**
   * Starts them, with topics of one replica each: the first broker has the stream's partition 0,
   * the second its partition 1, the third the others.
   */
  static ThreeBrokers withoutReplicas(Path folder) throws Exception {
    ThreeBrokers brokers = new ThreeBrokers(folder, 1);
    try (Admin admin = brokers.admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("stream", Map.of(0, List.of(0), 1, List.of(1))),
                  new NewTopic("results", Map.of(0, List.of(2))),
                  new NewTopic("stream-rejected", Map.of(0, List.of(2)))))
          .all()
          .get();
      NewTopics.awaitLeaders(admin, "stream", 2);
    } catch (ExecutionException e) {
      brokers.close();
      throw e;
    }
    return brokers;
  }

  private void configure(int node, String cluster, String voters, int clients, int controller)
      throws Exception {
    String data = folder.resolve("node-" + node).toString();
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            Integer.toString(node),
            "controller.quorum.voters",
            voters,
            "controller.listener.names",
            "CONTROLLER",
            "inter.broker.listener.name",
            "CLIENTS",
            "listeners",
            "CLIENTS://127.0.0.1:" + clients + ",CONTROLLER://127.0.0.1:" + controller,
            "advertised.listeners",
            "CLIENTS://127.0.0.1:" + clients,
            "listener.security.protocol.map",
            "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs",
            data));
    properties.putAll(
        Map.of(
            "auto.create.topics.enable", "false",
            "min.insync.replicas", Integer.toString(Math.min(2, replication)),
            "transaction.state.log.num.partitions", "1",
            // One of them may be lost for good.
            "transaction.state.log.replication.factor", "2",
            "transaction.state.log.min.isr", "1",
            "log.retention.ms", "-1",
            "log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20),
            // One that is dead is known to be after this.
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "500"));
    try (Writer file = Files.newBufferedWriter(properties(node))) {
      properties.store(file, null);
    }
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(node)
        .setClusterId(cluster)
        .setControllerListenerName("CONTROLLER")
        .addDirectory(data)
        .setMetadataLogDirectory(data)
        .run();
  }

  private Path properties(int node) {
    return folder.resolve("node-" + node + ".properties");
  }

  @Override
  public String servers() {
    return servers;
  }

  @Override
  public int replication() {
    return replication;
  }

  @Override
  public void start() throws IOException {
    List<Part> started = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      if (!running.containsKey(node) && !lost.contains(node)) {
        List<String> command = JavaCommand.here("kafka.Kafka", properties(node).toString());
        Part part =
            Part.start(folder.resolve("broker-" + starts++ + ".log").toFile(), command, Map.of());
        running.put(node, part);
        started.add(part);
      }
    }
    try (Admin admin = admin()) {
      await()
          .atMost(PATIENCE)
          .failFast("a broker has ended", () -> started.stream().anyMatch(part -> !part.isAlive()))
          .ignoreExceptionsInstanceOf(ExecutionException.class)
          .until(() -> admin.describeCluster().nodes().get().size() == running.size());
    }
  }

  /** Kills the broker that leads the stream's first partition. */
  @Override
  public void kill() throws Exception {
    kill(leader());
  }

  private void kill(int node) {
    running.remove(node).kill();
  }

  /** Kills the broker that leads the stream's first partition: it does not come back. */
  void lose() throws Exception {
    int node = leader();
    lost.add(node);
    kill(node);
  }

  private int leader() throws Exception {
    try (Admin admin = admin()) {
      int leader =
          Optional.ofNullable(
                  admin
                      .describeTopics(List.of("stream"))
                      .allTopicNames()
                      .get()
                      .get("stream")
                      .partitions()
                      .get(0)
                      .leader())
              .map(Node::id)
              .orElse(-1);
      return running.containsKey(leader) ? leader : running.keySet().iterator().next();
    }
  }

  /** Makes another broker lead each partition, where one has all its records. */
  void moveLeaders() throws Exception {
    try (Admin admin = admin()) {
      Map<TopicPartition, Optional<NewPartitionReassignment>> orders = new HashMap<>();
      for (TopicDescription topic :
          admin
              .describeTopics(List.of("stream", "results", "stream-rejected"))
              .allTopicNames()
              .get()
              .values()) {
        for (TopicPartitionInfo partition : topic.partitions()) {
          int leader = partition.leader() == null ? -1 : partition.leader().id();
          partition.isr().stream()
              .map(Node::id)
              .filter(node -> node != leader)
              .findFirst()
              .ifPresent(
                  next ->
                      orders.put(
                          new TopicPartition(topic.name(), partition.partition()),
                          Optional.of(new NewPartitionReassignment(first(next, partition)))));
        }
      }
      admin.alterPartitionReassignments(orders).all().get();
      await()
          .atMost(PATIENCE)
          .until(() -> admin.listPartitionReassignments().reassignments().get().isEmpty());
      admin.electLeaders(ElectionType.PREFERRED, orders.keySet()).partitions().get();
    }
  }

  private static List<Integer> first(int next, TopicPartitionInfo partition) {
    List<Integer> order = new ArrayList<>(List.of(next));
    partition.replicas().stream().map(Node::id).filter(id -> id != next).forEach(order::add);
    return order;
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", (Object) servers));
  }

  /** Where two controllers have ended the third waits for them in vain, and is killed. */
  @Override
  public void stop() throws IOException, InterruptedException {
    for (Part part : running.values()) {
      part.signal("TERM");
    }
    for (Part part : running.values()) {
      part.killAfter(SHUTDOWN);
    }
    running.clear();
  }

  @Override
  public void close() {
    running.values().forEach(Part::kill);
  }
}
