package org.driftwatch.quality.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.driftwatch.detector.JsonMessage;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;

/**
 * A verdict as published, the value of the topic {@code quality}. Immutable. The message's JSON
 * Schema is {@link #schema()}.
 *
 * @param verdict what was found
 * @param since when it became of this level, in the time of the windows
 * @param window start of the newest window judged; empty before the first
 * @param action what to do, and whom to call; empty where nothing is to be done
 */
public record QualityMessage(
    Verdict verdict, Instant since, Optional<Instant> window, String action) {

  /** {@code SUBJECT/CHECK}, the message's key on the topic. */
  public String key() {
    return verdict.key();
  }

  /** The message as UTF-8 JSON. */
  public byte[] write() {
    ObjectNode json = JsonFields.message();
    json.put("subject", verdict.subject().key())
        .put("check", verdict.check().key())
        .put("level", JsonFields.level(verdict.level()));
    JsonFields.put(json, "since", since);
    JsonFields.put(json, "window", window);
    json.put("stretch", verdict.stretchSeconds());
    JsonFields.put(json, "value", verdict.value());
    JsonFields.put(json, "limit", verdict.limit());
    json.put("entries", verdict.entries());
    verdict.expected().ifPresent(number -> JsonFields.put(json, "expected", number));
    JsonFields.put(json, "cells", verdict.cells());
    json.put("message", verdict.message()).put("action", action);
    return JsonMessage.write(json);
  }

  /**
   * Reads a message; fields that it does not know are passed over.
   *
   * @throws IOException where it is none, with one line that says why
   */
  public static QualityMessage read(byte[] message) throws IOException {
    JsonNode json = JsonFields.read(message);
    return new QualityMessage(
        new Verdict(
            Subject.of(JsonFields.text(json, "subject")),
            Check.of(JsonFields.text(json, "check")),
            JsonFields.level(json, "level"),
            JsonMessage.seconds(json, "stretch"),
            JsonFields.number(json, "value"),
            JsonFields.number(json, "limit"),
            JsonMessage.count(json, "entries"),
            JsonFields.optionalNumber(json, "expected"),
            JsonFields.numbers(json, "cells"),
            JsonFields.line(json, "message")),
        JsonMessage.time(json, "since"),
        JsonFields.optionalTime(json, "window"),
        JsonFields.line(json, "action"));
  }

  /** The JSON Schema of the message. */
  public static String schema() {
    return JsonMessage.schema(QualityMessage.class, "quality.schema.json");
  }
}
