package org.driftwatch.pipelines.restart;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.driftwatch.emulator.EmbeddedBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic that is given more partitions, on a real broker. */
class PartitionWatchTest {
  private static final String FOUND = "Topic stream has 5 partitions, this run reads 2 of them";

  @TempDir Path folder;
  private EmbeddedBroker broker;
  private Admin admin;
  private PartitionWatch watch;
  private final BlockingQueue<String> found = new LinkedBlockingQueue<>();

  @BeforeEach
  void startBroker() throws Exception {
    broker = EmbeddedBroker.start(folder, 0);
    admin =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                (Object) broker.bootstrapServers(),
                "request.timeout.ms",
                1000,
                "default.api.timeout.ms",
                2000));
    admin.createTopics(List.of(new NewTopic("stream", 2, (short) 1))).all().get();
  }

  @AfterEach
  void stopBroker() {
    watch.close();
    admin.close(Duration.ZERO);
    broker.close();
  }

  @Test
  void isToldOfOnceAsSoonAsItHasMoreThanAreRead() throws Exception {
    watch = PartitionWatch.start(admin, "stream", Set.of(0, 1), found::add);
    assertThat(found.poll(3, TimeUnit.SECONDS), is(nullValue()));

    increaseTo(5);
    assertThat(found.poll(30, TimeUnit.SECONDS), is(FOUND));
    increaseTo(6);
    assertThat(found.poll(3, TimeUnit.SECONDS), is(nullValue()));
  }

  @Test
  void isToldOfThoughTheBrokerWasAwayMeanwhile() throws Exception {
    watch = PartitionWatch.start(admin, "stream", Set.of(0, 1), found::add);
    restartBroker();
    increaseTo(5);

    assertThat(found.poll(30, TimeUnit.SECONDS), is(FOUND));
  }

  private void restartBroker() throws IOException {
    int port = Integer.parseInt(broker.bootstrapServers().split(":", -1)[1]);
    broker.close();
    broker = EmbeddedBroker.start(folder, port);
  }

  private void increaseTo(int partitions) throws Exception {
    admin.createPartitions(Map.of("stream", NewPartitions.increaseTo(partitions))).all().get();
  }
}
