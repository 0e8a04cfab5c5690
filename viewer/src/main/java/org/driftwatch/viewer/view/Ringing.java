package org.driftwatch.viewer.view;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.AlarmMessage.State;
import org.driftwatch.viewer.model.Clocks;

/**
 * When to call somebody: at once for a new alarm, and again until each is acknowledged, shelved or
 * cleared. Not safe for several threads.
 */
public final class Ringing {
  private static final Duration AGAIN = Duration.ofSeconds(15);

  /**
   * A call.
   *
   * @param alarm the newest alarm that nobody has acknowledged
   * @param isNew false if it was called before
   */
  public record Call(AlarmMessage alarm, boolean isNew) {}

  private final Clocks clocks;
  private Set<String> called = Set.of();
  private long calledAt;

  /** Nobody has been called yet. */
  public Ringing(Clocks clocks) {
    this.clocks = clocks;
  }

  /** The call that is due now, if there is one; asked a few times a second. */
  public Optional<Call> due(AlarmList alarms) {
    List<AlarmMessage> waiting =
        alarms.calling().stream().filter(alarm -> alarm.state() == State.RAISED).toList();
    Set<String> keys = new HashSet<>();
    // One that got worse is a new one: it was acknowledged as less.
    waiting.forEach(alarm -> keys.add(alarm.key() + alarm.level()));
    boolean isNew = !called.containsAll(keys);
    boolean isDue = isNew || (!keys.isEmpty() && clocks.since(calledAt).compareTo(AGAIN) >= 0);
    called = keys;
    if (!isDue) {
      return Optional.empty();
    }
    calledAt = clocks.nanos();
    return waiting.stream().findFirst().map(alarm -> new Call(alarm, isNew));
  }
}
