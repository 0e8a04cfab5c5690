package org.driftwatch.viewer.view;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.driftwatch.viewer.model.EventLog;
import org.driftwatch.viewer.model.Numbers;

/**
 * Which muon is shown: the newest, or one that is held, whatever comes. Not safe for several
 * threads: it belongs to the event thread.
 */
public final class EventDesk {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private EventLog log = EventLog.none("Events are being read…");
  private Optional<EventLog.Entry> held = Optional.empty();

  EventDesk() {}

  /** Takes what the topic says now; what is held stays, in its newest revision. */
  void take(EventLog now) {
    log = now;
    held = held.map(h -> place(h) < 0 ? h : log.entries().get(place(h)));
  }

  /** True while the newest is shown. */
  public boolean isLive() {
    return held.isEmpty();
  }

  /** The muon that is shown; empty without any. */
  public Optional<EventLog.Entry> shown() {
    return held.or(() -> log.entries().stream().findFirst());
  }

  /** Why there is none, or not all, in one sentence; empty where all is well. */
  public String trouble() {
    return log.trouble();
  }

  void live() {
    held = Optional.empty();
  }

  void hold() {
    held = shown();
  }

  /** Holds an older one, or a newer one where {@code older} is negative; stays at the ends. */
  void step(int older) {
    List<EventLog.Entry> all = log.entries();
    if (all.isEmpty()) {
      return;
    }
    int now = shown().map(this::place).orElse(0);
    // One that is gone is older than all that are there.
    int from = now < 0 ? all.size() : now;
    held = Optional.of(all.get(Math.max(0, Math.min(all.size() - 1, from + older))));
  }

  /**
   * Holds the newest muon of an orbit.
   *
   * @param orbit its number, as people write it
   * @return why it is not shown; empty if it is
   */
  Optional<String> find(String orbit) {
    long number;
    try {
      number = Long.parseUnsignedLong(orbit.replaceAll("[\\s,]", ""));
    } catch (NumberFormatException e) {
      return Optional.of("'" + orbit + "' is no orbit: expected a whole number from 0");
    }
    Optional<EventLog.Entry> found =
        log.entries().stream().filter(entry -> entry.event().orbit() == number).findFirst();
    if (found.isPresent()) {
      held = found;
      return Optional.empty();
    }
    return Optional.of("Orbit " + Long.toUnsignedString(number) + " is not here: " + words());
  }

  private String words() {
    List<EventLog.Entry> all = log.entries();
    return all.isEmpty()
        ? "there is no event"
        : Numbers.grouped(all.size())
            + (all.size() == 1 ? " event, " : " events, ")
            + CLOCK.format(all.get(all.size() - 1).window().start())
            + " – "
            + CLOCK.format(all.get(0).window().end())
            + " UTC; few orbits of each window are kept";
  }

  /** Where the one that is shown is among all: {@code 3 of 240, the newest first}. */
  public String placeWords() {
    int count = log.entries().size();
    int place = shown().map(this::place).orElse(-1);
    return place < 0
        ? Numbers.grouped(count) + " newer ones"
        : "event "
            + Numbers.grouped(place + 1L)
            + " of "
            + Numbers.grouped(count)
            + ", the newest first";
  }

  /** Place of an orbit among all, from 0; -1 where it is gone. */
  private int place(EventLog.Entry entry) {
    int same = log.entries().indexOf(entry);
    for (int i = 0; i < log.entries().size() && same < 0; i++) {
      same = log.entries().get(i).isOfSameOrbit(entry) ? i : -1;
    }
    return same;
  }
}
