package org.driftwatch.emulator.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Clock;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.HitLayout;

/**
 * Noise and muons in their order of time, as hits in the queues of the boards. Time runs in ticks
 * at the detector's own rate; the orbit counter follows it and is set back once, early, as at the
 * start of the course's data, unless it overflows within the day. Now and then the detector is
 * quiet for some minutes.
 */
final class FrontEnd {
  private static final long FIRST_EPOCH_ORBIT = 3_387_200_947L;
  private static final long SECOND_EPOCH_ORBIT = 616_953;
  private static final int FIRST_EPOCH_HITS = 164;

  private static final int NEVER = -1;
  private static final double SECONDS_PER_DAY = 86_400;

  /** A quiet period of a real run. */
  private static final int QUIET_SECONDS = 210;

  /** The first one comes 20 to 40 minutes after the start, the others hours apart. */
  private static final int FIRST_QUIET_SECONDS = 1200;

  private static final int QUIET_GAP_SECONDS = 6 * 3600;

  private final HitLayout layout;
  private final long orbitTicks;
  private final double ticksPerSecond;
  private final long orbitsPerSecond;
  private final double secondsPerOrbit;
  private final int ticksPerCrossing;
  private final int firstTick;
  private final long lastOrbit;
  private final RandomStream random;
  private final Noise noise;
  private final CosmicMuons muons;
  private final MuonTruth truths;
  private final Flicker flicker;
  private final Sparks sparks;
  private final Conditions conditions;
  private final Surplus surplus = new Surplus();
  private final List<Board> boards = new ArrayList<>();
  private final Board[] boardOfNumber;

  private double ticksPerEvent;
  private double muonShare;
  private double surplusShare;
  private long nextChange;

  private long orbit;
  private double tick;
  private int firstEpochLeft;
  private long orbitsRun;
  private long nextQuiet;

  /**
   * A detector.
   *
   * @param truth how it really is
   * @param truths is told of each muon; null for nothing
   */
  FrontEnd(DetectorDescription detector, Truth truth, RandomStream random, MuonTruth truths) {
    this.random = random;
    this.truths = truths;
    Clock clock = detector.clock();
    layout = new HitLayout(detector);
    ticksPerCrossing = clock.ticksPerCrossing();
    firstTick = detector.format().field(Role.TICK).orElseThrow().first();
    orbitTicks = (long) clock.crossingsPerOrbit() * ticksPerCrossing;
    ticksPerSecond = 1e9 * ticksPerCrossing / clock.crossingNs().doubleValue();
    orbitsPerSecond = Math.max(1, (long) (1e9 / clock.orbitNs()));
    secondsPerOrbit = clock.orbitNs() / 1e9;
    lastOrbit = clock.lastOrbit();
    orbit = FIRST_EPOCH_ORBIT & lastOrbit;
    boolean lastsADay = Math.scalb(secondsPerOrbit, clock.orbitBits()) >= SECONDS_PER_DAY;
    firstEpochLeft = lastsADay ? FIRST_EPOCH_HITS : NEVER;
    muons = new CosmicMuons(detector, truth, random, truths);
    // What is not of the single hits has numbers of its own.
    RandomStream seeds = new RandomStream(random.bits());
    sparks = new Sparks(detector, new RandomStream(seeds.bits()));
    conditions = new Conditions(detector.chambers().size(), new RandomStream(seeds.bits()));
    // Where cells see less of the muons, noise does not become more.
    CosmicMuons usual =
        truth.isUsual() ? muons : new CosmicMuons(detector, Truth.usual(detector), random, null);
    double[] otherHits = usual.hitsHz();
    sparks.addMeanHz(otherHits);
    noise = new Noise(detector, truth, otherHits);
    flicker = new Flicker(detector, noise.cellHz(), new RandomStream(seeds.bits()));
    nextQuiet = somewhere(FIRST_QUIET_SECONDS * orbitsPerSecond);
    TreeSet<Integer> numbers = new TreeSet<>();
    detector.scintillators().forEach(channel -> numbers.add(channel.board()));
    detector
        .chambers()
        .forEach(chamber -> chamber.channels().forEach(channel -> numbers.add(channel.board())));
    boardOfNumber = new Board[numbers.last() + 1];
    for (int number : numbers) {
      boardOfNumber[number] = new Board(number, orbit);
      boards.add(boardOfNumber[number]);
    }
    follow();
    change();
  }

  /** Lets rates be what they are by now. */
  private void change() {
    double second = orbitsRun * secondsPerOrbit;
    if (conditions.advance(second)) {
      follow();
    }
    surplus.clear();
    double next =
        Math.min(
            conditions.next(),
            Math.min(flicker.advance(second, surplus), sparks.advance(second, surplus)));
    nextChange = (long) Math.min(next / secondsPerOrbit, 1e18) + 1;
    double eventHz = noise.hz() + muons.hz() + surplus.hz();
    ticksPerEvent = ticksPerSecond / eventHz;
    muonShare = muons.hz() / eventHz;
    surplusShare = surplus.hz() / eventHz;
  }

  /** Lets noise and gas be as the conditions are. */
  private void follow() {
    noise.follow(conditions);
    muons.driftVelocity(conditions.driftVelocity());
  }

  /** A time from once to twice this, orbits. */
  private long somewhere(long orbits) {
    return orbits + (long) (orbits * random.uniform());
  }

  /** The boards, by number. */
  List<Board> boards() {
    return boards;
  }

  /** Noise of each cell of a chamber under usual conditions, 1/s. */
  double[] noiseHz(int chamber) {
    return noise.hzOfCells(chamber);
  }

  /** Lets time run to the next event. */
  void next() {
    if (firstEpochLeft == 0) {
      firstEpochLeft = NEVER;
      orbit = SECOND_EPOCH_ORBIT;
      tick = 0;
    }
    tick += random.exponential() * ticksPerEvent;
    if (tick >= orbitTicks) {
      runOrbits();
    }
    double kind = random.uniform();
    if (kind < muonShare) {
      muon();
    } else if (kind < muonShare + surplusShare) {
      add(surplus.address(random), (int) tick);
    } else {
      add(noise.address(random), (int) tick);
    }
  }

  private void muon() {
    if (truths != null) {
      truths.begin(orbit, (int) tick);
    }
    int hits = muons.next();
    for (int i = 0; i < hits; i++) {
      int at = (int) tick + muons.ticks[i];
      long hit = add(muons.addresses[i], at);
      if (truths != null) {
        truths.stamped(i, hit, at);
      }
    }
    if (truths != null) {
      truths.end();
    }
  }

  /** Lets the orbits run that are in the tick of the next event. */
  private void runOrbits() {
    long orbits = (long) tick / orbitTicks;
    while (orbitsRun + orbits >= nextChange) {
      // The rates change before. Events come at random: the next one may be drawn anew from there.
      run(nextChange - orbitsRun);
      change();
      tick = random.exponential() * ticksPerEvent;
      orbits = (long) tick / orbitTicks;
    }
    tick -= orbits * orbitTicks;
    run(orbits);
    if (orbitsRun >= nextQuiet) {
      run(QUIET_SECONDS * orbitsPerSecond);
      nextQuiet = orbitsRun + somewhere(QUIET_GAP_SECONDS * orbitsPerSecond);
      change();
    }
  }

  private void run(long orbits) {
    orbitsRun += orbits;
    orbit = (orbit + orbits) & lastOrbit;
  }

  /** Stamps a hit, which it gives, and adds it to its board. */
  private long add(int address, int at) {
    if (firstEpochLeft > 0) {
      firstEpochLeft--;
    }
    // Boards may count the fine time from 1 on, and not from 0: no hit is earlier than the first.
    int later = (int) (at / orbitTicks);
    int fromFirst = Math.max((int) (at - later * orbitTicks), firstTick) - firstTick;
    int crossing = fromFirst / ticksPerCrossing;
    int fineTime = fromFirst - crossing * ticksPerCrossing + firstTick;
    long hitOrbit = (orbit + later) & lastOrbit;
    long hit = layout.hit(address, hitOrbit, crossing, fineTime);
    Board board = boardOfNumber[layout.board(hit)];
    if (later == 0) {
      board.add(hit, orbit, (orbit + 1) & lastOrbit);
    } else {
      board.addLater(hit, hitOrbit);
    }
    return hit;
  }
}
