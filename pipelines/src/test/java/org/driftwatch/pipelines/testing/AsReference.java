package org.driftwatch.pipelines.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.driftwatch.pipelines.reference.SameSummary;

/**
 * Checks the messages of a run against the reference: of each window the message with the highest
 * revision, and that no revision comes twice.
 */
public final class AsReference implements SerializableFunction<Iterable<KV<String, byte[]>>, Void> {
  private static final long serialVersionUID = 1;

  private final TreeMap<String, String> expected = new TreeMap<>();
  private final String what;
  private final int lastRevision;

  /**
   * A check.
   *
   * @param what of what run, for the message
   * @param lastRevision highest revision that may come
   */
  public AsReference(String what, SortedMap<String, JsonNode> expected, int lastRevision) {
    this.what = what;
    this.lastRevision = lastRevision;
    expected.forEach((key, summary) -> this.expected.put(key, summary.toString()));
  }

  @Override
  public Void apply(Iterable<KV<String, byte[]>> messages) {
    Map<String, TreeMap<Integer, byte[]>> revisions = new HashMap<>();
    for (KV<String, byte[]> message : messages) {
      JsonNode json = read(new String(message.getValue(), UTF_8));
      Contract.assertConsistent(json);
      int revision = json.get("revision").asInt();
      assertThat(what, revision, is(lessThanOrEqualTo(lastRevision)));
      byte[] twin =
          revisions
              .computeIfAbsent(message.getKey(), k -> new TreeMap<>())
              .put(revision, message.getValue());
      assertThat(what + ": twice " + message.getKey() + " revision " + revision, twin == null);
    }
    assertThat(what, revisions.keySet(), is(expected.keySet()));
    expected.forEach(
        (key, summary) ->
            assertThat(
                what + ", window " + key,
                revisions.get(key).lastEntry().getValue(),
                is(SameSummary.as(read(summary)))));
    return null;
  }

  private static JsonNode read(String summary) {
    try {
      return new ObjectMapper().readTree(summary);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
