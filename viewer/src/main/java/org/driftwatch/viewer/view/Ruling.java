package org.driftwatch.viewer.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Judgement;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;
import org.driftwatch.quality.alarm.Guidance;
import org.driftwatch.quality.alarm.QualityMessage;
import org.driftwatch.viewer.model.Told;

/**
 * Verdicts as they are shown, with what to do, and whose they are. Immutable.
 *
 * @param judgement the verdicts
 * @param actions what to do, by the verdict's key; verdicts that ask for nothing have none
 * @param words who judged which stretch
 */
public record Ruling(Judgement judgement, Map<String, String> actions, String words) {
  /** Copies the map. */
  public Ruling {
    actions = Map.copyOf(actions);
  }

  /** Nobody has judged yet. */
  static Ruling none(String words) {
    return new Ruling(new Judgement(Optional.empty(), List.of()), Map.of(), words);
  }

  /** What the service says. */
  static Ruling of(Told<QualityMessage> told) {
    List<Verdict> verdicts = new ArrayList<>();
    Map<String, String> actions = new HashMap<>();
    for (QualityMessage message : told.inOrder()) {
      if (message.verdict().check() != Check.OVERALL) {
        verdicts.add(message.verdict());
        actions.put(message.key(), message.action());
      }
    }
    Optional<Instant> window =
        told.messages().values().stream()
            .flatMap(message -> message.window().stream())
            .max(Instant::compareTo);
    return new Ruling(new Judgement(window, verdicts), actions, "judged by the service quality");
  }

  /** What this viewer says. */
  static Ruling own(Judgement judgement, Guidance guidance, String words) {
    Map<String, String> actions = new HashMap<>();
    for (Verdict verdict : judgement.verdicts()) {
      if (verdict.level().alarms()) {
        actions.put(verdict.key(), guidance.action(verdict.subject(), verdict.check()));
      }
    }
    return new Ruling(judgement, actions, words);
  }

  /** The same, in other words. */
  Ruling with(String otherWords) {
    return new Ruling(judgement, actions, otherWords);
  }

  /** How well a subject is. */
  public Level level(Subject subject) {
    return judgement.level(subject);
  }

  /** The verdicts on a subject, the worst first. */
  public List<Verdict> of(Subject subject) {
    return judgement.of(subject);
  }

  /** What to do about a verdict; empty where nothing is. */
  public String action(Verdict verdict) {
    return actions.getOrDefault(verdict.key(), "");
  }

  /** The worst verdict of all, if any calls for somebody. */
  public Optional<Verdict> worst() {
    return judgement.verdicts().stream()
        .filter(verdict -> verdict.level().alarms())
        .max(Comparator.comparing(Verdict::level));
  }
}
