package org.driftwatch.quality.check;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;

/**
 * One check of muon segments: accused once a reading lies beyond its limits by more than chance
 * brings, on any stretch; over once all lie within them. Says nothing where segments are not looked
 * for. Not safe for several threads.
 */
final class TrackCheck {
  private static final double OVER_BY_CHANCE = 1e-6;

  private final Subject subject;
  private final Check check;
  private final double chance;
  private final String hint;
  private final Predicate<Stretch> applies;
  private final Function<Stretch, List<Reading>> readings;
  private final Accusation accusation = new Accusation();

  /**
   * A check that accuses nothing.
   *
   * @param chance of a false accusation at one look
   * @param hint what an accusation may mean, besides the obvious
   * @param applies whether a stretch has what is read
   * @param readings what is read; empty where that is too little for a number
   */
  TrackCheck(
      Subject subject,
      Check check,
      double chance,
      String hint,
      Predicate<Stretch> applies,
      Function<Stretch, List<Reading>> readings) {
    this.subject = subject;
    this.check = check;
    this.chance = chance;
    this.hint = hint;
    this.applies = applies;
    this.readings = readings;
  }

  boolean isOf(Verdict verdict) {
    return verdict.subject().equals(subject) && verdict.check() == check;
  }

  private List<Reading> read(Stretch stretch) {
    return applies.test(stretch) ? readings.apply(stretch) : List.of();
  }

  void look(List<Stretch> due) {
    for (Stretch stretch : due) {
      if (!accusation.mayUse(stretch.from())) {
        continue;
      }
      if (!accusation.isAccused()) {
        List<Reading> read = read(stretch);
        if (read.stream().anyMatch(reading -> reading.isBeyond(chance / read.size()))) {
          accusation.accuse(stretch.from(), stretch.to());
          return;
        }
      } else if (accusation.isAfter(stretch.from())) {
        List<Reading> read = read(stretch);
        if (!read.isEmpty() && read.stream().allMatch(r -> r.isWithin(OVER_BY_CHANCE))) {
          accusation.end(stretch.from());
          return;
        }
      }
    }
  }

  Optional<Verdict> verdict(List<Stretch> all) {
    Stretch stretch = Stretches.shown(all, accusation.since());
    if (!applies.test(stretch)) {
      return Optional.empty();
    }
    List<Reading> read = read(stretch);
    boolean isAccused = accusation.isAccused();
    boolean isDecided = !read.isEmpty() && read.stream().allMatch(r -> r.tells(chance));
    Optional<Reading> worst = read.stream().max(Comparator.comparingDouble(Reading::distance));
    boolean isBad = read.stream().anyMatch(reading -> reading.isBad(chance));
    Level accused = isBad ? Level.BAD : Level.WARNING;
    return Optional.of(
        Words.verdict(
            subject,
            check,
            isAccused ? accused : isDecided ? Level.GOOD : Level.UNDECIDED,
            stretch.seconds(),
            worst.map(Reading::value).orElse(0.0),
            worst.map(Reading::limit).orElse(0.0),
            worst.map(Reading::entries).orElse(0L),
            message(read, worst, stretch)));
  }

  private String message(List<Reading> read, Optional<Reading> worst, Stretch stretch) {
    String time = Words.time(stretch.seconds());
    String numbers =
        worst
            .map(
                reading ->
                    Words.format(
                        "%s in %s; %s (%,d entries)",
                        accusation.isAccused() ? accused(read, reading) : reading.text(),
                        time,
                        reading.limits(),
                        reading.entries()))
            .orElseGet(() -> Words.format("too few muon segments to judge in %s", time));
    return accusation.isAccused() ? numbers + hint : numbers;
  }

  /** All that lie beyond their limits, the worst first; the worst one if none does any more. */
  private static String accused(List<Reading> read, Reading worst) {
    return read.stream()
        .filter(reading -> reading == worst || reading.distance() > 1)
        .sorted(Comparator.comparingDouble(Reading::distance).reversed())
        .map(Reading::text)
        .collect(Collectors.joining(", "));
  }

  void restore(long now) {
    accusation.restore(now);
  }
}
