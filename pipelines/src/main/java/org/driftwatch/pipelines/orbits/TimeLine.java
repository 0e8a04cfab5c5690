package org.driftwatch.pipelines.orbits;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.pipelines.block.HitGroup;

/**
 * Where the hits of all files of a batch lie in the detector's time. Blocks are read in any order
 * and each by itself; from what the counter did in all of them it is found here which of their hits
 * can be of one orbit, and when they were.
 *
 * <p>An <em>epoch</em> lasts from one setting of the counter to the next: orbits of the same number
 * in two epochs are two. Time is what the counter shows, in its first epoch from its 0 on; an epoch
 * that follows goes on with the next window, since nobody knows how long the counter stood. A
 * counter shorter than a day has its turns counted along each file, every file by itself.
 * Immutable.
 */
public final class TimeLine implements Serializable {
  private static final long serialVersionUID = 1;

  /** No orbit. */
  private static final long NONE = Long.MIN_VALUE;

  /** Files of fewer hits are not compared. */
  private static final long LEAST_OF_FILE = 1000;

  /**
   * Hits before and after a setting of the counter, at least, that keep orbits apart which would
   * else be counted as the same.
   */
  private static final long LEAST_APART = 1000;

  private final int orbitBits;
  private final long orbitFs;
  private final long windowMillis;
  private final Map<Long, Place> places = new HashMap<>();
  private final Map<Long, Long> firstWindows = new HashMap<>();
  private final ArrayList<String> remarks = new ArrayList<>();

  /**
   * Of the hits of a part of a block.
   *
   * @param epoch number of their epoch
   * @param turns turns of the counter before its first; 0 where they are not counted
   * @param orbit the orbit whose window they are counted in; {@link #NONE} for their own
   */
  private record Place(long epoch, long turns, long orbit) implements Serializable {
    private static final long serialVersionUID = 1;
  }

  /** An epoch as far as it is known. */
  private static final class Epoch {
    private final long number;
    private final int file;
    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;
    private long hits;

    Epoch(long number, int file) {
      this.number = number;
      this.file = file;
    }

    void add(CounterSpan span, long shift) {
      least = Math.min(least, span.least() + shift);
      greatest = Math.max(greatest, span.greatest() + shift);
      hits += span.hits();
    }
  }

  /** Gives records in front of the first hit of a block the place of the hit before it. */
  private final class Early {
    private final List<CounterSpan> first = new ArrayList<>();
    private @Nullable Place before;

    void add(CounterSpan records) {
      if (before == null) {
        first.add(records);
      } else {
        places.put(records.origin(), before);
      }
    }

    /** Hits follow; those before all hits have the place of the first. */
    void isFollowedBy(long epoch, long orbit, long lastOrbit) {
      for (CounterSpan records : first) {
        places.put(records.origin(), new Place(epoch, 0, orbit));
      }
      first.clear();
      before = new Place(epoch, 0, lastOrbit);
    }
  }

  /**
   * The line of a batch.
   *
   * @param spans what the counter did in all blocks of all files, in any order
   * @param windowMillis length of the windows; 0 for one window without end
   */
  public TimeLine(
      DetectorDescription detector,
      OrbitTurns turns,
      Collection<CounterSpan> spans,
      long windowMillis) {
    this.windowMillis = windowMillis;
    orbitFs = detector.clock().crossingFs() * detector.clock().crossingsPerOrbit();
    boolean counted = turns.kind() == OrbitTurns.Kind.COUNTED;
    orbitBits = counted ? turns.counterBits() : HitPacking.of(detector, turns).orbitBits();
    List<CounterSpan> inOrder = spans.stream().sorted(CounterSpan.IN_ORDER).toList();
    List<Epoch> epochs =
        counted ? countTurns(inOrder, turns) : findEpochs(inOrder, CounterRule.of(detector));
    long next = 0;
    for (Epoch epoch : epochs) {
      if (windowMillis > 0 && epoch.hits > 0) {
        long first = ownWindow(epoch.least);
        // Of the first epoch the counter's own time holds.
        long begins = firstWindows.isEmpty() && !counted ? first : next;
        firstWindows.put(epoch.number, begins - first);
        next = begins + ownWindow(epoch.greatest) - first + 1;
      }
    }
  }

  private List<Epoch> countTurns(List<CounterSpan> spans, OrbitTurns rule) {
    List<Epoch> epochs = new ArrayList<>();
    Early early = new Early();
    long last = 0;
    for (CounterSpan span : spans) {
      if (span.isEarly()) {
        early.add(span);
        continue;
      }
      boolean begins = epochs.isEmpty() || epochs.get(epochs.size() - 1).file != span.file();
      if (begins) {
        epochs.add(new Epoch(span.file(), span.file()));
        last = span.first();
      }
      long shift = rule.nearest(span.first(), last) - span.first();
      last = span.last() + shift;
      places.put(span.origin(), new Place(span.file(), shift >> orbitBits, NONE));
      early.isFollowedBy(span.file(), span.first() + shift, last);
      epochs.get(epochs.size() - 1).add(span, shift);
    }
    return epochs;
  }

  private List<Epoch> findEpochs(List<CounterSpan> spans, CounterRule rule) {
    Epochs epochs = new Epochs(rule);
    Early early = new Early();
    Map<Integer, Epoch> files = new TreeMap<>();
    Map<Integer, String> names = new TreeMap<>();
    for (CounterSpan span : spans) {
      if (span.isEarly()) {
        early.add(span);
        continue;
      }
      names.putIfAbsent(span.file(), span.name());
      files.computeIfAbsent(span.file(), f -> new Epoch(f, f)).add(span, 0);
      Place place = epochs.add(span);
      boolean isStray = place.orbit != NONE;
      early.isFollowedBy(
          place.epoch, isStray ? place.orbit : span.first(), isStray ? place.orbit : span.last());
    }
    epochs.settle();
    tellOverlaps(files, names);
    return epochs.all;
  }

  /** Finds out where the counter was set anew. */
  private final class Epochs {
    private final CounterRule rule;
    private final List<Epoch> all = new ArrayList<>();
    private final List<CounterSpan> fallen = new ArrayList<>();
    private int file = -1;
    private long largest;
    private long beforeFall;
    private long fallenHits;

    Epochs(CounterRule rule) {
      this.rule = rule;
    }

    /** Gives a place to the hits of the next span. */
    Place add(CounterSpan span) {
      boolean begins = span.file() != file;
      if (begins) {
        settle();
        file = span.file();
        largest = span.first();
      }
      if (all.isEmpty()) {
        all.add(new Epoch(0, span.file()));
      }
      if (!rule.runsOn(largest, span.first())) {
        if (span.hits() < CounterRule.LEAST_HITS) {
          Place stray = new Place(last().number, 0, windowMillis > 0 ? largest : NONE);
          places.put(span.origin(), stray);
          return stray;
        }
        settle();
        beforeFall = largest;
        fallen.add(span);
        fallenHits = span.hits();
        largest = span.greatest();
      } else {
        largest = Math.max(largest, span.greatest());
        if (!fallen.isEmpty()) {
          fallen.add(span);
          fallenHits += span.hits();
        }
      }
      return fallen.isEmpty() ? put(span) : judge(span);
    }

    /**
     * A counter set anew stays below for long. One that is soon back was not: after a pause of the
     * detector a board may still bring hits from before.
     */
    private Place judge(CounterSpan span) {
      if (rule.runsOn(beforeFall, largest)) {
        largest = Math.max(largest, beforeFall);
        settle();
      } else if (fallenHits >= LEAST_APART && last().hits >= LEAST_APART) {
        CounterSpan first = fallen.get(0);
        remarks.add(
            first.name()
                + ": the orbit counter is set anew, from "
                + beforeFall
                + " to "
                + first.first()
                + ", at about byte "
                + first.at()
                + "; orbits before and after are counted apart");
        all.add(new Epoch(last().number + 1, first.file()));
        settle();
      }
      Place place = places.get(span.origin());
      return place == null ? new Place(last().number, 0, NONE) : place;
    }

    /** What has fallen is of the present epoch. */
    private void settle() {
      fallen.forEach(this::put);
      fallen.clear();
      fallenHits = 0;
    }

    private Place put(CounterSpan span) {
      last().add(span, 0);
      Place place = new Place(last().number, 0, NONE);
      places.put(span.origin(), place);
      return place;
    }

    private Epoch last() {
      return all.get(all.size() - 1);
    }
  }

  /** Files that follow each other in a run share few orbits. */
  private void tellOverlaps(Map<Integer, Epoch> files, Map<Integer, String> names) {
    Epoch widest = null;
    for (Epoch file : files.values()) {
      if (widest != null && file.hits >= LEAST_OF_FILE) {
        long common = Math.min(file.greatest, widest.greatest) - Math.max(file.least, widest.least);
        if (common > (file.greatest - file.least) / 2) {
          remarks.add(
              names.get(file.file)
                  + " and "
                  + names.get(widest.file)
                  + " have orbits in common, which are counted as the same; if these are two runs,"
                  + " summarise them one by one");
          return;
        }
      }
      if (file.hits >= LEAST_OF_FILE && (widest == null || file.greatest > widest.greatest)) {
        widest = file;
      }
    }
  }

  /** What a person should know of the files, a sentence each. */
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** The group in which hits are counted that a block has given another. */
  public HitGroup group(HitGroup inBlock) {
    Place place = places.get(inBlock.origin());
    if (place == null) {
      return inBlock;
    }
    // Stray hits in windows must not be merged with those whose window their orbits tell.
    long origin = place.orbit == NONE ? place.epoch : Long.MAX_VALUE - inBlock.origin();
    return new HitGroup(inBlock.run(), origin, inBlock.above() + place.turns);
  }

  /**
   * The window of an orbit.
   *
   * @param group as {@link #group} gives it
   * @param orbit as hits are packed with it
   */
  public Window window(HitGroup group, long orbit) {
    if (windowMillis == 0) {
      return new Window(0, Long.MAX_VALUE);
    }
    Place stray = places.get(Long.MAX_VALUE - group.origin());
    if (stray != null) {
      return new Window(
          firstWindows.getOrDefault(stray.epoch, 0L) + ownWindow(stray.orbit), Long.MAX_VALUE);
    }
    long place = group.above() << orbitBits | orbit;
    long own = ownWindow(place);
    long orbitsLeft = firstOrbitFrom(own + 1) - place;
    return new Window(firstWindows.getOrDefault(group.origin(), 0L) + own, orbit + orbitsLeft);
  }

  /**
   * A window.
   *
   * @param number how many windows after the line's beginning it is
   * @param end the first orbit that is beyond it, as hits are packed with it
   */
  public record Window(long number, long end) {}

  /** The window of an orbit by the counter alone. */
  private long ownWindow(long place) {
    BigInteger[] window =
        BigInteger.valueOf(place)
            .multiply(BigInteger.valueOf(orbitFs))
            .divideAndRemainder(windowFs());
    return window[0].longValueExact() - (window[1].signum() < 0 ? 1 : 0);
  }

  private long firstOrbitFrom(long window) {
    BigInteger[] orbit =
        BigInteger.valueOf(window)
            .multiply(windowFs())
            .divideAndRemainder(BigInteger.valueOf(orbitFs));
    return orbit[0].longValueExact() + (orbit[1].signum() > 0 ? 1 : 0);
  }

  private BigInteger windowFs() {
    return BigInteger.valueOf(windowMillis).multiply(BigInteger.TEN.pow(12));
  }
}
