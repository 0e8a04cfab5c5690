package org.driftwatch.quality.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.driftwatch.detector.JsonMessage;
import org.driftwatch.detector.OneLine;

/**
 * What somebody asks to be done with an alarm, the value of the topic {@code alarm-commands}; the
 * message's key is the alarm's. Immutable. The message's JSON Schema is {@link #schema()}.
 *
 * @param command what is asked
 * @param alarm the alarm's key
 * @param by the name of who asks, not blank
 * @param comment why; may be empty
 * @param until of {@link Command#SHELVE}: until when
 */
public record AlarmCommand(
    Command command, String alarm, String by, String comment, Optional<Instant> until) {
  /** Longest name, characters. */
  public static final int LONGEST_NAME = 100;

  /** Longest comment, characters. */
  public static final int LONGEST_COMMENT = 1_000;

  private static final int LONGEST_KEY = 200;

  /** What can be asked. */
  public enum Command {
    /** To take notice. */
    ACKNOWLEDGE,
    /** To be silent until a time. */
    SHELVE,
    /** To be silent no longer. */
    UNSHELVE;

    private String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Command of(JsonNode json, String name) throws IOException {
      for (Command command : values()) {
        if (command.key().equals(json.path(name).textValue())) {
          return command;
        }
      }
      throw JsonMessage.refusal(name, json.path(name), "acknowledge, shelve or unshelve");
    }
  }

  /** To acknowledge an alarm. */
  public static AlarmCommand acknowledge(String alarm, String by, String comment) {
    return new AlarmCommand(Command.ACKNOWLEDGE, alarm, by, comment, Optional.empty());
  }

  /** To shelve an alarm until a time. */
  public static AlarmCommand shelve(String alarm, String by, String comment, Instant until) {
    return new AlarmCommand(Command.SHELVE, alarm, by, comment, Optional.of(until));
  }

  /** To end the shelving of an alarm. */
  public static AlarmCommand unshelve(String alarm, String by, String comment) {
    return new AlarmCommand(Command.UNSHELVE, alarm, by, comment, Optional.empty());
  }

  /** The message as UTF-8 JSON. */
  public byte[] write() {
    ObjectNode json = JsonFields.message();
    json.put("command", command.key()).put("alarm", alarm).put("by", by).put("comment", comment);
    JsonFields.put(json, "until", until);
    return JsonMessage.write(json);
  }

  /**
   * Reads a message; fields that it does not know are passed over.
   *
   * @throws IOException where it is none, with one line that says why
   */
  public static AlarmCommand read(byte[] message) throws IOException {
    JsonNode json = JsonFields.read(message);
    Command command = Command.of(json, "command");
    return new AlarmCommand(
        command,
        required(json, "alarm", LONGEST_KEY),
        required(json, "by", LONGEST_NAME),
        bounded(json, "comment", LONGEST_COMMENT),
        command == Command.SHELVE
            ? Optional.of(JsonMessage.time(json, "until"))
            : Optional.empty());
  }

  private static String required(JsonNode json, String name, int longest) throws IOException {
    if (JsonFields.text(json, name).isBlank()) {
      throw JsonMessage.refusal(name, json.path(name), "a text that is not blank");
    }
    return bounded(json, name, longest);
  }

  private static String bounded(JsonNode json, String name, int longest) throws IOException {
    String text = JsonFields.isThere(json, name) ? JsonFields.text(json, name) : "";
    if (text.length() > longest) {
      throw new IOException(
          name + " has " + text.length() + " characters, expected " + longest + " at most");
    }
    return OneLine.of(text.strip());
  }

  /** The JSON Schema of the message. */
  public static String schema() {
    return JsonMessage.schema(AlarmCommand.class, "alarm-command.schema.json");
  }
}
