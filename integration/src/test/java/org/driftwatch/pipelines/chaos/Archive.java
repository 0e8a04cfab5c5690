package org.driftwatch.pipelines.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.pipelines.reference.ReferenceMonitor;
import org.driftwatch.pipelines.reference.StreamRecord;
import org.driftwatch.pipelines.testing.Course;
import org.driftwatch.pipelines.testing.TopicTail;

/**
 * Everything that has stood in the topic {@code stream} since it was created, also what has been
 * deleted from it meanwhile, and what the windows on {@code results} may therefore hold.
 */
final class Archive {
  private record Place(int partition, long offset) {}

  private record Kept(StreamRecord record, boolean tooLate) {}

  /** Windows, from the first to the last, that may lack records that were deleted unread. */
  private record Loss(String first, String last) {}

  private final long windowMillis;
  private final Map<Place, Kept> records = new HashMap<>();
  private final Set<Place> deleted = new HashSet<>();
  private final Set<Long> deletedAhead = new TreeSet<>();
  private final List<Loss> losses = new ArrayList<>();
  private long createdMillis;

  /** An empty one. */
  Archive(Duration window) {
    windowMillis = window.toMillis();
  }

  /** Takes what stands in the topic and was not taken before. */
  void take(String kafka) {
    try (TopicTail stream = new TopicTail(kafka, "stream")) {
      for (ConsumerRecord<byte[], byte[]> record : stream.readToEnd()) {
        boolean words = record.headers().lastHeader("format") != null;
        boolean tooLate = record.headers().lastHeader(OtherProducer.TOO_LATE) != null;
        records.put(
            new Place(record.partition(), record.offset()),
            new Kept(new StreamRecord(record.value(), words, record.timestamp()), tooLate));
      }
    }
  }

  /** The topics have been created anew: what stood in the former ones counts no more. */
  void startAnew() {
    records.clear();
    deleted.clear();
    deletedAhead.clear();
    losses.clear();
    createdMillis = System.currentTimeMillis();
  }

  /** The offset of each partition's first record that is stamped so or later, where it has any. */
  Map<Integer, Long> offsetsAt(long timestamp) {
    Map<Integer, Long> offsets = new HashMap<>();
    records.forEach(
        (place, kept) -> {
          if (kept.record.timestamp() >= timestamp) {
            offsets.merge(place.partition, place.offset, Math::min);
          }
        });
    return offsets;
  }

  /**
   * Records have been deleted that the monitor may not have read.
   *
   * @param before the first offset that is left, by partition
   * @param publishedMillis windows that ended before this had been published
   * @param leftMillis windows that begin after this lost nothing
   */
  void lose(Map<Integer, Long> before, long publishedMillis, long leftMillis) {
    losses.add(new Loss(key(publishedMillis - windowMillis), key(leftMillis)));
    long now = System.currentTimeMillis();
    records.forEach(
        (place, kept) -> {
          Long left = before.get(place.partition);
          if (left != null && place.offset < left) {
            deleted.add(place);
            if (kept.record.timestamp() > now) {
              deletedAhead.add(start(kept.record.timestamp()));
            }
          }
        });
  }

  /** What each window may hold. */
  Windows windows() {
    long now = System.currentTimeMillis();
    long end = 0;
    List<StreamRecord> all = new ArrayList<>();
    List<StreamRecord> left = new ArrayList<>();
    for (Map.Entry<Place, Kept> entry : records.entrySet()) {
      StreamRecord record = entry.getValue().record;
      if (record.timestamp() <= now) {
        end = Math.max(end, record.timestamp());
      }
      if (!entry.getValue().tooLate) {
        all.add(record);
        if (!deleted.contains(entry.getKey())) {
          left.add(record);
        }
      }
    }
    Set<String> ahead = new TreeSet<>();
    deletedAhead.forEach(start -> ahead.add(key(start)));
    NavigableMap<String, JsonNode> expected = summaries(all);
    return new Windows(
        expected,
        deleted.isEmpty() ? expected : summaries(left),
        ahead,
        List.copyOf(losses),
        key(createdMillis),
        key(end));
  }

  private NavigableMap<String, JsonNode> summaries(List<StreamRecord> of) {
    return new TreeMap<>(
        ReferenceMonitor.summaries(of, Duration.ofMillis(windowMillis), Course.JSON));
  }

  private long start(long timestamp) {
    return Math.floorDiv(timestamp, windowMillis) * windowMillis;
  }

  private String key(long timestamp) {
    return ReferenceMonitor.iso(start(timestamp));
  }

  /** What each window holds, as it was to be computed when these were asked for. */
  static final class Windows {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final NavigableMap<String, JsonNode> all;
    private final NavigableMap<String, JsonNode> left;
    private final Set<String> ahead;
    private final List<Loss> losses;
    private final String created;
    private final String last;

    private Windows(
        NavigableMap<String, JsonNode> all,
        NavigableMap<String, JsonNode> left,
        Set<String> ahead,
        List<Loss> losses,
        String created,
        String last) {
      this.all = all;
      this.left = left;
      this.ahead = ahead;
      this.losses = losses;
      this.created = created;
      this.last = last;
    }

    /**
     * The windows that are to be there: those that the readout has reached. Those of clocks that
     * are ahead come when their time has come.
     */
    Set<String> due() {
      return all.headMap(last, true).keySet();
    }

    /**
     * True for a window that says nothing of these topics: the run that read those before them may
     * have published it when they had just been created.
     */
    boolean isOfFormerTopics(String key) {
      return key.compareTo(created) < 0 && !all.containsKey(key);
    }

    /**
     * What is wrong with the last message of a window; nothing where it is as it is to be.
     *
     * @param message empty where there is none
     */
    List<String> faults(String key, byte[] message) {
      JsonNode expected = all.get(key);
      if (message.length == 0) {
        boolean nothingLeft = mayBeIncomplete(key) && !left.containsKey(key);
        return nothingLeft ? List.of() : List.of("not published");
      }
      if (expected == null) {
        return List.of("published, but no record is of it");
      }
      List<String> differences = ReferenceMonitor.differences(expected, message);
      if (differences.isEmpty() || !(ahead.contains(key) || mayBeIncomplete(key))) {
        return differences;
      }
      return isPartOf(expected, left.get(key), message, !ahead.contains(key))
          ? List.of()
          : differences;
    }

    /** Which of the deleted records had been read nobody knows: any number of them. */
    private static boolean isPartOf(
        JsonNode all, @Nullable JsonNode left, byte[] message, boolean marked) {
      JsonNode found;
      try {
        found = MAPPER.readTree(message);
      } catch (IOException e) {
        return false;
      }
      long records = found.path("tot_import").asLong(-1);
      return records >= (left == null ? 0 : left.path("tot_import").asLong())
          && records <= all.path("tot_import").asLong()
          && (!marked || found.path("incomplete").asBoolean(false));
    }

    private boolean mayBeIncomplete(String key) {
      return losses.stream()
          .anyMatch(loss -> key.compareTo(loss.first) >= 0 && key.compareTo(loss.last) <= 0);
    }
  }
}
