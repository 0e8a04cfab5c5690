package org.driftwatch.pipelines.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.driftwatch.pipelines.reference.SameSummary;

/**
 * Checks the revisions that each window was published in: those expected, in their order, 0 first
 * and none behind the last, however many shards they were made in.
 */
public final class Revisions implements SerializableFunction<Iterable<KV<String, byte[]>>, Void> {
  private static final long serialVersionUID = 1;

  private final TreeMap<String, ArrayList<String>> expected = new TreeMap<>();

  /** Adds the next revision of a window. */
  public Revisions then(String key, JsonNode summary) {
    expected.computeIfAbsent(key, k -> new ArrayList<>()).add(summary.toString());
    return this;
  }

  @Override
  public Void apply(Iterable<KV<String, byte[]>> messages) {
    TreeMap<String, TreeMap<Integer, byte[]>> found = new TreeMap<>();
    for (KV<String, byte[]> message : messages) {
      JsonNode json = json(message.getValue());
      Contract.assertConsistent(json);
      int revision = json.get("revision").asInt();
      byte[] twin =
          found
              .computeIfAbsent(message.getKey(), k -> new TreeMap<>())
              .put(revision, message.getValue());
      assertThat("one message of " + message.getKey() + " revision " + revision, twin == null);
    }
    assertThat("windows", found.keySet(), is(expected.keySet()));
    expected.forEach((key, revisions) -> check(key, revisions, found.get(key)));
    return null;
  }

  private static void check(String key, List<String> wanted, NavigableMap<Integer, byte[]> found) {
    assertThat("revisions of " + key, found.size(), is(wanted.size()));
    for (int revision = 0; revision < wanted.size(); revision++) {
      assertThat(key + " has a revision " + revision, found, hasKey(revision));
      assertThat(
          key + " revision " + revision,
          found.get(revision),
          is(SameSummary.as(json(wanted.get(revision)))));
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(byte[] message) {
    try {
      return new ObjectMapper().readTree(message);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
