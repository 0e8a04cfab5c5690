package org.driftwatch.pipelines.restart;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.kafka.NewTopics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics that change while they are watched, on a real broker. */
class TopicWatchTest {
  private static final String FOUND = "Topic stream has 5 partitions, this run reads 2 of them";

  @TempDir Path folder;
  private EmbeddedBroker broker;
  private Admin admin;
  private TopicIds topics;
  private TopicWatch watch;
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
    create("stream", 2);
    create("results", 1);
    topics = new TopicIds(Map.of("stream", id("stream"), "results", id("results")));
  }

  @AfterEach
  void stopBroker() {
    watch.close();
    admin.close(Duration.ZERO);
    broker.close();
  }

  @Test
  void isToldOfOnceAsSoonAsItHasMoreThanAreRead() throws Exception {
    watch = TopicWatch.start(admin, topics, "stream", Set.of(0, 1), found::add);
    assertThat(found.poll(3, TimeUnit.SECONDS), is(nullValue()));

    increaseTo(5);
    assertThat(found.poll(30, TimeUnit.SECONDS), is(FOUND));
    increaseTo(6);
    assertThat(found.poll(3, TimeUnit.SECONDS), is(nullValue()));
  }

  @Test
  void isToldOfThoughTheBrokerWasAwayMeanwhile() throws Exception {
    watch = TopicWatch.start(admin, topics, "stream", Set.of(0, 1), found::add);
    restartBroker();
    increaseTo(5);

    assertThat(found.poll(30, TimeUnit.SECONDS), is(FOUND));
  }

  @Test
  void whatWasDeletedAndCreatedAgainIsToldOfOnceWhenNothingChangesAnyMore() throws Exception {
    watch = TopicWatch.start(admin, topics, "stream", Set.of(0, 1), found::add);
    delete("stream");
    create("stream", 2);
    assertThat(found.poll(2, TimeUnit.SECONDS), is(nullValue()));
    delete("results");
    assertThat("waits for it", found.poll(8, TimeUnit.SECONDS), is(nullValue()));
    create("results", 1);

    // Who fails meanwhile is told the same.
    assertThat(
        watch.finding(),
        is(
            Optional.of(
                "Topic results was deleted and created again, topic stream was deleted and created"
                    + " again")));
    assertThat(found.poll(5, TimeUnit.SECONDS), is(watch.finding().get()));
    assertThat(found.poll(3, TimeUnit.SECONDS), is(nullValue()));
  }

  @Test
  void whatWasDeletedAndDoesNotComeBackIsToldOfAfterHalfAMinute() throws Exception {
    watch = TopicWatch.start(admin, topics, "stream", Set.of(0, 1), found::add);
    assertThat(watch.finding(), is(Optional.empty()));
    delete("results");

    assertThat(found.poll(25, TimeUnit.SECONDS), is(nullValue()));
    assertThat(found.poll(15, TimeUnit.SECONDS), is("Topic results was deleted 30 s ago"));
  }

  private String id(String topic) throws Exception {
    return NewTopics.whenKnown(() -> admin.describeTopics(List.of(topic)).allTopicNames().get())
        .get(topic)
        .topicId()
        .toString();
  }

  private void create(String topic, int partitions) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
  }

  private void delete(String topic) throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
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
