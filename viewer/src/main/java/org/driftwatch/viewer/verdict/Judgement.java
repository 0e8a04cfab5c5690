package org.driftwatch.viewer.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All verdicts on a stretch of the run. Immutable.
 *
 * @param stretch the stretch in words
 * @param run verdicts on the run as a whole
 * @param chambers verdicts on each chamber
 */
public record Judgement(String stretch, List<Verdict> run, List<List<Verdict>> chambers) {
  /** Copies the lists. */
  public Judgement {
    run = List.copyOf(run);
    chambers = chambers.stream().map(List::copyOf).toList();
  }

  /** How well a chamber is: its worst verdict. */
  public Level chamber(int chamber) {
    return worst(chambers.get(chamber));
  }

  /** How well the run is as a whole, chambers apart. */
  public Level runLevel() {
    return worst(run);
  }

  /** The worst verdicts first. */
  public static List<Verdict> worstFirst(List<Verdict> verdicts) {
    List<Verdict> sorted = new ArrayList<>(verdicts);
    sorted.sort(Comparator.comparing(Verdict::level).reversed());
    return sorted;
  }

  /** The worst alarm; without one good, once half of the checks had enough to stand on. */
  private static Level worst(List<Verdict> verdicts) {
    Level level = Level.GOOD;
    int undecided = 0;
    for (Verdict verdict : verdicts) {
      if (verdict.level() == Level.UNDECIDED) {
        undecided++;
      } else {
        level = level.worse(verdict.level());
      }
    }
    return level == Level.GOOD && 2 * undecided > verdicts.size() ? Level.UNDECIDED : level;
  }
}
