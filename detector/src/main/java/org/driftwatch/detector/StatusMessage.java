package org.driftwatch.detector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the monitor does, the value of the topic {@code status}. Immutable. The message's JSON Schema
 * is {@link #schema()}.
 *
 * @param time when this was so, by the monitor's clock
 * @param started when this run began
 * @param total counts since then
 * @param lastMinute counts of the last minute
 * @param lastMinuteSeconds how long that was: less at a run's beginning
 * @param heldBackSeconds how long results are held back by a partition that is behind the others
 * @param heldBackBy that partition; empty where none is
 * @param clockBehindSeconds how far the monitor's clock is behind its producers'
 * @param problem a sentence where the records do not fit the detector's description, with what to
 *     do; empty where they do
 */
public record StatusMessage(
    Instant time,
    Instant started,
    Counts total,
    Counts lastMinute,
    double lastMinuteSeconds,
    double heldBackSeconds,
    OptionalInt heldBackBy,
    double clockBehindSeconds,
    Optional<String> problem) {
  /** The key of the monitor's message. */
  public static final String KEY = "monitor";

  private static final int VERSION = 1;
  private static final int MAX_BYTES = 1 << 16;

  /**
   * What became of records.
   *
   * @param records parsed, malformed ones not among them
   * @param malformed malformed ones
   * @param late those that refined a published window
   * @param dropped those beyond the allowed lateness
   * @param badTimestamps those whose timestamp belongs to no window
   * @param alreadyPublished those of windows that an earlier run has published
   */
  public record Counts(
      long records,
      long malformed,
      long late,
      long dropped,
      long badTimestamps,
      long alreadyPublished) {
    /** Nothing counted. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    /** What was counted since. */
    public Counts since(Counts before) {
      return new Counts(
          records - before.records,
          malformed - before.malformed,
          late - before.late,
          dropped - before.dropped,
          badTimestamps - before.badTimestamps,
          alreadyPublished - before.alreadyPublished);
    }

    private void write(ObjectNode to) {
      to.put("records", records)
          .put("malformed", malformed)
          .put("late", late)
          .put("dropped", dropped)
          .put("bad_timestamps", badTimestamps)
          .put("already_published", alreadyPublished);
    }

    private static Counts read(JsonNode from) throws IOException {
      return new Counts(
          JsonMessage.count(from, "records"),
          JsonMessage.count(from, "malformed"),
          JsonMessage.count(from, "late"),
          JsonMessage.count(from, "dropped"),
          JsonMessage.count(from, "bad_timestamps"),
          JsonMessage.count(from, "already_published"));
    }
  }

  /** The message as UTF-8 JSON. */
  public byte[] write() {
    ObjectNode json = JsonMessage.ofVersion(VERSION);
    json.put("part", KEY)
        .put("time", SummaryJson.key(time))
        .put("started", SummaryJson.key(started));
    total.write(json);
    lastMinute.write(json.putObject("last_minute").put("seconds", lastMinuteSeconds));
    json.put("held_back_seconds", heldBackSeconds);
    if (heldBackBy.isPresent()) {
      json.put("held_back_by", heldBackBy.getAsInt());
    } else {
      json.putNull("held_back_by");
    }
    json.put("clock_behind_seconds", clockBehindSeconds);
    problem.ifPresent(sentence -> json.put("problem", sentence));
    return JsonMessage.write(json);
  }

  /**
   * Reads a message; fields that it does not know are passed over.
   *
   * @throws IOException where it is none, with one line that says why
   */
  public static StatusMessage read(byte[] message) throws IOException {
    JsonNode json = JsonMessage.read(message, MAX_BYTES);
    if (json.path("version").asInt() != VERSION || !KEY.equals(json.path("part").asText())) {
      throw new IOException("not the monitor's status of version " + VERSION);
    }
    JsonNode by = json.path("held_back_by");
    return new StatusMessage(
        JsonMessage.time(json, "time"),
        JsonMessage.time(json, "started"),
        Counts.read(json),
        Counts.read(json.path("last_minute")),
        JsonMessage.seconds(json.path("last_minute"), "seconds"),
        JsonMessage.seconds(json, "held_back_seconds"),
        by.canConvertToInt() ? OptionalInt.of(by.intValue()) : OptionalInt.empty(),
        JsonMessage.seconds(json, "clock_behind_seconds"),
        Optional.ofNullable(json.path("problem").textValue()).map(OneLine::of));
  }

  /** The JSON Schema of the message. */
  public static String schema() {
    return JsonMessage.schema(StatusMessage.class, "status.schema.json");
  }
}
