package org.driftwatch.emulator.pace;

import java.util.List;
import org.driftwatch.emulator.source.RowBatch;

/**
 * The rate of a profile, once or again and again. As even as {@link SteadyPace}: no error adds up.
 */
public final class ProfilePace implements Pace {
  /** When a row is due that comes after the profile's end: never. */
  private static final long NEVER = Long.MAX_VALUE / 2;

  private final List<RateProfile.Step> steps;
  private long stepsLeft;

  private int step;
  private double stepStart;
  private double recordsBefore;
  private double rows;

  /**
   * The rate of this profile.
   *
   * @param times how often it is played, 0 for again and again
   */
  public ProfilePace(RateProfile profile, int times) {
    steps = profile.steps();
    stepsLeft = times == 0 ? Long.MAX_VALUE : (long) times * steps.size();
  }

  @Override
  public long due(RowBatch batch, int i) {
    while (stepsLeft > 0 && rows >= recordsBefore + steps.get(step).records()) {
      recordsBefore += steps.get(step).records();
      stepStart += steps.get(step).seconds();
      step = (step + 1) % steps.size();
      stepsLeft--;
    }
    if (stepsLeft == 0) {
      return NEVER;
    }
    return (long) ((stepStart + steps.get(step).timeOf(rows - recordsBefore)) * 1e9);
  }

  @Override
  public void sent() {
    rows++;
  }
}
