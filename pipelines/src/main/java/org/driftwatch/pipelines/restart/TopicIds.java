package org.driftwatch.pipelines.restart;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics that a run began with. A topic that was deleted and created again has the same name
 * and another id, and holds nothing of what the run knows of it.
 *
 * @param ids the topics' ids as text, by the topics' names
 */
public record TopicIds(Map<String, String> ids) implements Serializable {

  /** Keeps a copy of the ids. */
  public TopicIds {
    ids = new TreeMap<>(ids);
  }

  /** Those of the topics that exist now, or others of their names, by their names. */
  Map<String, TopicDescription> present(Admin admin)
      throws ExecutionException, InterruptedException {
    Map<String, TopicDescription> present = new TreeMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> asked :
        admin.describeTopics(ids.keySet()).topicNameValues().entrySet()) {
      try {
        present.put(asked.getKey(), asked.getValue().get());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return present;
  }

  /** The topics that are not those that the run began with: their ids now, empty if deleted. */
  Map<String, Optional<String>> changed(Map<String, TopicDescription> present) {
    Map<String, Optional<String>> changed = new TreeMap<>();
    ids.forEach(
        (name, id) -> {
          Optional<String> now =
              Optional.ofNullable(present.get(name)).map(topic -> topic.topicId().toString());
          if (!now.equals(Optional.of(id))) {
            changed.put(name, now);
          }
        });
    return changed;
  }

  /**
   * True if all are there and none is another than when the run began.
   *
   * @throws ExecutionException if Kafka does not answer
   */
  public boolean areUnchanged(Admin admin) throws ExecutionException, InterruptedException {
    return changed(present(admin)).isEmpty();
  }
}
