package org.driftwatch.quality;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All verdicts at one moment. Immutable.
 *
 * @param window start of the newest window judged; empty before the first
 * @param verdicts one per subject and check, {@link Check#OVERALL} not among them
 */
public record Judgement(Optional<Instant> window, List<Verdict> verdicts) {
  /** Copies the list. */
  public Judgement {
    verdicts = List.copyOf(verdicts);
  }

  /** The verdicts on a subject, the worst first. */
  public List<Verdict> of(Subject subject) {
    return verdicts.stream()
        .filter(verdict -> verdict.subject().equals(subject))
        .sorted(Comparator.comparing(Verdict::level).reversed().thenComparing(Verdict::check))
        .toList();
  }

  /**
   * How well a subject is: its worst alarm; without one good, as soon as any check had enough to
   * stand on.
   */
  public Level level(Subject subject) {
    return overall(of(subject));
  }

  /** How well everything is: the worst of all subjects. */
  public Level level() {
    return overall(verdicts);
  }

  /** The worst alarm; without one good, as soon as any has enough to stand on. */
  static Level overall(List<Verdict> verdicts) {
    Level level = Level.UNDECIDED;
    for (Verdict verdict : verdicts) {
      if (verdict.level().alarms()) {
        level = level.worse(verdict.level());
      } else if (verdict.level() == Level.GOOD && level == Level.UNDECIDED) {
        level = Level.GOOD;
      }
    }
    return level;
  }
}
