package org.driftwatch.quality.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.driftwatch.detector.JsonMessage;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;

/**
 * An alarm as it stands, the value of the topic {@code alarms}: the last message of a key holds,
 * and cleared alarms stay there. Immutable. The message's JSON Schema is {@link #schema()}.
 *
 * @param subject what it speaks of
 * @param check which of its checks
 * @param state how far people have got with it
 * @param level the worst that the verdict has been, a warning or bad
 * @param now how the verdict is
 * @param active true until the verdict is good again
 * @param raised when it was raised for the first time, in the time of the windows where a window
 *     told; part of the key
 * @param ended since when the verdict is good again; empty while active
 * @param acknowledged who has taken notice; empty where nobody has since it became this bad
 * @param accepted start of the newest window when it was acknowledged while it lasted: what was
 *     there then is expected from there on, of checks that compare with before
 * @param called when hooks had told people of it, since it became this bad; empty where they have
 *     not, or there are none
 * @param shelved until when it is to be silent; empty where it is not shelved
 * @param cleared when it was over and acknowledged; empty while it is open
 * @param window start of the newest window judged
 * @param value the verdict's number, when it last came up or was as bad as {@code level} says
 * @param limit the limit that it was compared with then
 * @param message the verdict's sentence then
 * @param action what to do, and whom to call
 */
public record AlarmMessage(
    Subject subject,
    Check check,
    State state,
    Level level,
    Level now,
    boolean active,
    Instant raised,
    Optional<Instant> ended,
    Optional<Acknowledgement> acknowledged,
    Optional<Instant> accepted,
    Optional<Instant> called,
    Optional<Shelving> shelved,
    Optional<Instant> cleared,
    Optional<Instant> window,
    double value,
    double limit,
    String message,
    String action) {

  /** How far people have got with an alarm. */
  public enum State {
    /** Nobody has taken notice, whether or not it is over. */
    RAISED,
    /** Somebody has, and it is not over. */
    ACKNOWLEDGED,
    /** Somebody has, and it is over. */
    CLEARED;

    private String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static State of(JsonNode json, String name) throws IOException {
      for (State state : values()) {
        if (state.key().equals(json.path(name).textValue())) {
          return state;
        }
      }
      throw JsonMessage.refusal(name, json.path(name), "raised, acknowledged or cleared");
    }
  }

  /**
   * Somebody has taken notice.
   *
   * @param time when, by the clock of the service
   * @param by a name
   * @param comment what they say to it; may be empty
   */
  public record Acknowledgement(Instant time, String by, String comment) {
    private void write(ObjectNode to) {
      JsonFields.put(to, "time", time);
      to.put("by", by).put("comment", comment);
    }

    private static Optional<Acknowledgement> read(JsonNode json, String name) throws IOException {
      JsonNode field = json.path(name);
      return JsonFields.isThere(json, name)
          ? Optional.of(
              new Acknowledgement(
                  JsonMessage.time(field, "time"),
                  JsonFields.line(field, "by"),
                  JsonFields.line(field, "comment")))
          : Optional.empty();
    }
  }

  /**
   * An alarm is to be silent for a time: listed, but without sound, hooks and banner.
   *
   * @param until the time, by the clock of the service
   * @param by a name
   * @param comment why; may be empty
   */
  public record Shelving(Instant until, String by, String comment) {
    private void write(ObjectNode to) {
      JsonFields.put(to, "until", until);
      to.put("by", by).put("comment", comment);
    }

    private static Optional<Shelving> read(JsonNode json, String name) throws IOException {
      JsonNode field = json.path(name);
      return JsonFields.isThere(json, name)
          ? Optional.of(
              new Shelving(
                  JsonMessage.time(field, "until"),
                  JsonFields.line(field, "by"),
                  JsonFields.line(field, "comment")))
          : Optional.empty();
    }
  }

  /** {@code SUBJECT/CHECK/RAISED-TIME}, the message's key on the topic. */
  public String key() {
    return verdictKey() + "/" + SummaryJson.key(raised);
  }

  /** {@code SUBJECT/CHECK}, the key of the verdict that it is about. */
  public String verdictKey() {
    return subject.key() + "/" + check.key();
  }

  /** True until it is cleared. */
  public boolean isOpen() {
    return state != State.CLEARED;
  }

  /** True while somebody has yet to be told of it: nobody has acknowledged it or been called. */
  public boolean isCallDue() {
    return state == State.RAISED && !isShelved() && called.isEmpty();
  }

  /** The alarm in a line, for people. */
  public String text() {
    String line = level.name() + ": " + subject + ", " + check.title() + ": " + message;
    return action.isEmpty() ? line : line + " -> " + action;
  }

  /** True while it is to be silent. */
  public boolean isShelved() {
    return shelved.isPresent();
  }

  /** The same, with changes. */
  Builder with() {
    return new Builder(this);
  }

  /** An alarm that is being changed. */
  static final class Builder {
    private final AlarmMessage alarm;
    private State state;
    private Level level;
    private Level now;
    private boolean active;
    private Optional<Instant> ended;
    private Optional<Acknowledgement> acknowledged;
    private Optional<Instant> accepted;
    private Optional<Instant> called;
    private Optional<Shelving> shelved;
    private Optional<Instant> cleared;
    private Optional<Instant> window;
    private double value;
    private double limit;
    private String message;

    private Builder(AlarmMessage alarm) {
      this.alarm = alarm;
      state = alarm.state;
      level = alarm.level;
      now = alarm.now;
      active = alarm.active;
      ended = alarm.ended;
      acknowledged = alarm.acknowledged;
      accepted = alarm.accepted;
      called = alarm.called;
      shelved = alarm.shelved;
      cleared = alarm.cleared;
      window = alarm.window;
      value = alarm.value;
      limit = alarm.limit;
      message = alarm.message;
    }

    Builder state(State next) {
      state = next;
      return this;
    }

    Builder level(Level next) {
      level = next;
      return this;
    }

    Builder now(Level next) {
      now = next;
      return this;
    }

    Builder active(boolean next) {
      active = next;
      return this;
    }

    Builder ended(Optional<Instant> next) {
      ended = next;
      return this;
    }

    Builder acknowledged(Optional<Acknowledgement> next) {
      acknowledged = next;
      return this;
    }

    Builder accepted(Optional<Instant> next) {
      accepted = next;
      return this;
    }

    Builder called(Optional<Instant> next) {
      called = next;
      return this;
    }

    Builder shelved(Optional<Shelving> next) {
      shelved = next;
      return this;
    }

    Builder cleared(Optional<Instant> next) {
      cleared = next;
      return this;
    }

    Builder window(Optional<Instant> next) {
      window = next;
      return this;
    }

    /** What a verdict says. */
    Builder said(Verdict verdict) {
      value = verdict.value();
      limit = verdict.limit();
      message = verdict.message();
      return this;
    }

    AlarmMessage build() {
      return new AlarmMessage(
          alarm.subject,
          alarm.check,
          state,
          level,
          now,
          active,
          alarm.raised,
          ended,
          acknowledged,
          accepted,
          called,
          shelved,
          cleared,
          window,
          value,
          limit,
          message,
          alarm.action);
    }
  }

  /** The message as UTF-8 JSON. */
  public byte[] write() {
    return JsonMessage.write(json());
  }

  /** The same with the field {@code text}, {@link #text()}, which chats show. */
  public byte[] writeWithText() {
    return JsonMessage.write(json().put("text", text()));
  }

  private ObjectNode json() {
    ObjectNode json = JsonFields.message();
    json.put("alarm", key())
        .put("subject", subject.key())
        .put("check", check.key())
        .put("state", state.key())
        .put("level", JsonFields.level(level))
        .put("now", JsonFields.level(now))
        .put("active", active);
    JsonFields.put(json, "raised", raised);
    JsonFields.put(json, "ended", ended);
    acknowledged.ifPresent(given -> given.write(json.putObject("acknowledged")));
    JsonFields.put(json, "accepted", accepted);
    JsonFields.put(json, "called", called);
    shelved.ifPresent(given -> given.write(json.putObject("shelved")));
    JsonFields.put(json, "cleared", cleared);
    JsonFields.put(json, "window", window);
    JsonFields.put(json, "value", value);
    JsonFields.put(json, "limit", limit);
    return json.put("message", message).put("action", action);
  }

  /**
   * Reads a message; fields that it does not know are passed over.
   *
   * @throws IOException where it is none, with one line that says why
   */
  public static AlarmMessage read(byte[] message) throws IOException {
    JsonNode json = JsonFields.read(message);
    return new AlarmMessage(
        Subject.of(JsonFields.text(json, "subject")),
        Check.of(JsonFields.text(json, "check")),
        State.of(json, "state"),
        JsonFields.level(json, "level"),
        JsonFields.level(json, "now"),
        JsonFields.flag(json, "active"),
        JsonMessage.time(json, "raised"),
        JsonFields.optionalTime(json, "ended"),
        Acknowledgement.read(json, "acknowledged"),
        JsonFields.optionalTime(json, "accepted"),
        JsonFields.optionalTime(json, "called"),
        Shelving.read(json, "shelved"),
        JsonFields.optionalTime(json, "cleared"),
        JsonFields.optionalTime(json, "window"),
        JsonFields.number(json, "value"),
        JsonFields.number(json, "limit"),
        JsonFields.line(json, "message"),
        JsonFields.line(json, "action"));
  }

  /** The JSON Schema of the message. */
  public static String schema() {
    return JsonMessage.schema(AlarmMessage.class, "alarm.schema.json");
  }
}
