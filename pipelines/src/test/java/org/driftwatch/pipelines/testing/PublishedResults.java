package org.driftwatch.pipelines.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.driftwatch.pipelines.reference.ReferenceMonitor;

/** What stands in the topic {@code results}, held against the reference. */
public final class PublishedResults {
  private PublishedResults() {}

  /**
   * Waits until the last message of every window says what is expected, field by field but for the
   * revision, and no other window is there. Every message must be consistent in itself.
   *
   * @param failed true where nothing more will come, so that waiting on is in vain
   * @return the last message of each key
   */
  public static SortedMap<String, byte[]> awaitAll(
      String bootstrapServers,
      String topic,
      SortedMap<String, JsonNode> expected,
      Duration patience,
      Callable<Boolean> failed)
      throws IOException {
    SortedMap<String, byte[]> last = new TreeMap<>();
    try (TopicTail tail = new TopicTail(bootstrapServers, topic)) {
      await()
          .atMost(patience)
          .failFast("the monitor has ended", failed)
          .untilAsserted(
              () -> {
                last.clear();
                SortedMap<String, List<Integer>> revisions = new TreeMap<>();
                for (ConsumerRecord<byte[], byte[]> message : tail.read()) {
                  String key = new String(message.key(), UTF_8);
                  last.put(key, message.value());
                  revisions
                      .computeIfAbsent(key, k -> new ArrayList<>())
                      .add(json(message.value()).get("revision").asInt());
                }
                List<String> differences = new ArrayList<>();
                expected.forEach(
                    (key, summary) -> {
                      byte[] message = last.get(key);
                      List<String> found =
                          message == null
                              ? List.of("not published")
                              : ReferenceMonitor.differences(summary, message);
                      found.stream()
                          .limit(5)
                          .forEach(d -> differences.add(key + revisions.get(key) + " " + d));
                    });
                assertThat(differences, is(empty()));
                assertThat(last.keySet(), is(expected.keySet()));
              });
      for (ConsumerRecord<byte[], byte[]> message : tail.read()) {
        JsonNode summary = json(message.value());
        Contract.assertConsistent(summary);
        assertThat(
            summary.get("window").get("start").asText(), is(new String(message.key(), UTF_8)));
      }
    }
    return last;
  }

  private static JsonNode json(byte[] message) throws IOException {
    return new ObjectMapper().readTree(message);
  }
}
