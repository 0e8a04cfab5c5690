package org.driftwatch.benchmarks.quality;

import java.util.OptionalInt;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;

/**
 * An alarm, or what it says of one cell or layer, from the judgement that says it first to the one
 * that says it no longer. Times are ms of the stream. Not safe for use by several threads.
 */
final class Episode {
  /** What {@link #cleared()} gives of an alarm that was not over when the stream ended. */
  static final long NEVER = Long.MAX_VALUE;

  private final Subject subject;
  private final Check check;
  private final long raised;
  private final String message;
  private final OptionalInt cell;
  private Level worst;
  private long cleared = NEVER;

  /**
   * An alarm, or a part of it.
   *
   * @param cell the cell, from 0, or layer, from 1; empty for the alarm as a whole
   * @param raised when it was said first
   */
  Episode(Verdict verdict, OptionalInt cell, long raised) {
    this.cell = cell;
    subject = verdict.subject();
    check = verdict.check();
    worst = verdict.level();
    message = verdict.message();
    this.raised = raised;
  }

  /** Said again. */
  void again(Verdict verdict) {
    worst = worst.worse(verdict.level());
  }

  /** Said no longer. */
  void clear(long when) {
    cleared = when;
  }

  Subject subject() {
    return subject;
  }

  Check check() {
    return check;
  }

  /** The worst level that it reached. */
  Level worst() {
    return worst;
  }

  /** True where it is what an alarm says of a cell or layer. */
  boolean isOfCell() {
    return cell.isPresent();
  }

  /** The cell, from 0, or layer, from 1, if it is what an alarm says of one. */
  OptionalInt cell() {
    return cell;
  }

  long raised() {
    return raised;
  }

  long cleared() {
    return cleared;
  }

  /** {@code SUBJECT/CHECK}. */
  String key() {
    return subject.key() + "/" + check.key();
  }

  /** The sentence that it began with. */
  String message() {
    return message;
  }
}
