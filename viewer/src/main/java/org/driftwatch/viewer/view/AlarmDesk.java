package org.driftwatch.viewer.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.driftwatch.quality.alarm.AlarmCommand;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.Told;

/**
 * Sends what the user asks to be done with alarms, and watches that the service answers: the alarm
 * changes, or the user hears why it has not. Not safe for several threads.
 */
final class AlarmDesk {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** A command that waits for its answer. */
  private record Asked(AlarmCommand command, AlarmMessage before, long at, boolean isLate) {}

  private final Clocks clocks;
  private final Map<String, Asked> waiting = new HashMap<>();
  private Consumer<AlarmCommand> sender = command -> {};

  AlarmDesk(Clocks clocks) {
    this.clocks = clocks;
  }

  void sendBy(Consumer<AlarmCommand> newSender) {
    sender = newSender;
  }

  void ask(AlarmCommand command, AlarmMessage alarm) {
    waiting.put(alarm.key(), new Asked(command, alarm, clocks.nanos(), false));
    sender.accept(command);
  }

  /** True while a command for this alarm has no answer. */
  boolean waits(AlarmMessage alarm) {
    return waiting.containsKey(alarm.key());
  }

  /** Takes the alarms as they are now: what changed was answered. Words for each answer. */
  List<String> answered(Told<AlarmMessage> told) {
    List<String> words = new ArrayList<>();
    waiting
        .values()
        .removeIf(
            asked -> {
              AlarmMessage now = told.messages().get(asked.before().key());
              if (now == null || !isAnswer(asked, now)) {
                return false;
              }
              words.add(AlarmWords.answer(asked.command(), now));
              return true;
            });
    return words;
  }

  private static boolean isAnswer(Asked asked, AlarmMessage now) {
    return switch (asked.command().command()) {
      case ACKNOWLEDGE -> now.acknowledged().isPresent();
      case SHELVE, UNSHELVE -> !now.shelved().equals(asked.before().shelved());
    };
  }

  /**
   * Commands that have waited for more than a second, each told once, in words that say why.
   *
   * @param service time since the service's last sign of life
   */
  Optional<String> late(Optional<Duration> service) {
    Optional<String> words = Optional.empty();
    for (Map.Entry<String, Asked> entry : waiting.entrySet()) {
      Asked asked = entry.getValue();
      if (!asked.isLate() && clocks.since(asked.at()).compareTo(PATIENCE) > 0) {
        entry.setValue(new Asked(asked.command(), asked.before(), asked.at(), true));
        words =
            Optional.of(
                "No answer to '"
                    + AlarmWords.asked(asked.command())
                    + "' yet: "
                    + service
                        .map(
                            since ->
                                "the last sign of life of the service quality is "
                                    + Numbers.duration(since)
                                    + " old")
                        .orElse("no service quality runs; start it with 'make quality'"));
      }
    }
    return words;
  }

  /** A command could not be sent: nobody will answer it. */
  void failed(String alarm) {
    waiting.remove(alarm);
  }
}
