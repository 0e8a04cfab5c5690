package org.driftwatch.pipelines.parse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.pipelines.block.HitGroup;
import org.driftwatch.pipelines.orbits.OrbitTurns;

/**
 * Where hits are placed whose orbit counter wraps within a window or a file: {@link OrbitTurns} at
 * work, with what it has to know of the records before. Not safe for use by several threads.
 */
final class OrbitPlaces {
  private final HitLayout layout;
  private final OrbitTurns turns;

  /** Of each file of a bundle, the orbit of its last hit, counted on over the turns. */
  private final Map<String, long[]> lastOrbits = new HashMap<>();

  private long[] lastOrbit = {};
  private long origin;
  private long millis = -1;
  private long step;

  OrbitPlaces(DetectorDescription detector, OrbitTurns turns) {
    layout = new HitLayout(detector);
    this.turns = turns;
  }

  /** True where an orbit's place is the orbit: nothing more is to be done with a hit. */
  boolean areOrbits() {
    return turns.kind() == OrbitTurns.Kind.ONE;
  }

  /** Forgets all files. */
  void startFiles() {
    lastOrbits.clear();
  }

  /** What follows is of this file, or topic, and comes after what came of it before. */
  void startBlock(String name) {
    if (turns.kind() == OrbitTurns.Kind.COUNTED) {
      lastOrbit = lastOrbits.computeIfAbsent(name, n -> new long[1]);
      origin = digest(name);
    }
  }

  /** What follows is of a record stamped so long after its window's start, ms. */
  void at(long millisInWindow) {
    if (turns.kind() == OrbitTurns.Kind.STAMPED && millis != millisInWindow) {
      millis = millisInWindow;
      step = turns.step(millis);
    }
  }

  /** The place of a hit. */
  long place(long word, long orbitAbove) {
    long orbit = orbitAbove << layout.orbitBits() | layout.orbit(word);
    if (turns.kind() == OrbitTurns.Kind.STAMPED) {
      return turns.withStep(orbit, step);
    }
    lastOrbit[0] = turns.nearest(orbit, lastOrbit[0]);
    return lastOrbit[0];
  }

  /** The group of hits with these bits above those of the words. */
  HitGroup group(long run, long above) {
    HitGroup group = new HitGroup(run, origin, above);
    return group.equals(HitGroup.NONE) ? HitGroup.NONE : group;
  }

  /** The word of a hit that has this place. */
  long withOrbit(long word, long place) {
    return layout.withOrbit(word, place);
  }

  /** The bits of a place above those in a word. */
  long above(long place) {
    return place >>> layout.orbitBits();
  }

  /** How many values HEAD can have. */
  int heads() {
    return layout.heads();
  }

  /** The word of a record that is no hit. */
  long triggerWord(int head) {
    return layout.triggerWord(head);
  }

  /** A number for a name; no two of a batch's files have the same. */
  private static long digest(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong() >>> 1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
