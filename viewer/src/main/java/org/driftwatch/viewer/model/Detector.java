package org.driftwatch.viewer.model;

import java.util.Optional;
import java.util.regex.Pattern;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.DetectorDescription;

/**
 * The detector whose results are shown: as its description has it or, without one that fits, as far
 * as the results themselves tell. Immutable.
 */
public final class Detector {
  private static final int BRIEF = 16;
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final Optional<DetectorDescription> description;
  private final ChannelLayout channels;

  private Detector(Optional<DetectorDescription> description, ChannelLayout channels) {
    this.description = description;
    this.channels = channels;
  }

  /** A detector that is described. */
  public static Detector of(DetectorDescription description) {
    return new Detector(Optional.of(description), ChannelLayout.of(description));
  }

  /** The detector of results of these channels, described if the description has as many. */
  public static Detector of(DetectorDescription description, ChannelLayout results) {
    Detector described = of(description);
    return described.fits(results) ? described : new Detector(Optional.empty(), results);
  }

  /** True if results of these channels can be its own: as many chambers of as many cells. */
  public boolean fits(ChannelLayout results) {
    return channels.counts().equals(results.counts());
  }

  /**
   * Why results of these channels are not this detector's; empty if they fit. For a detector that
   * is described.
   */
  public Optional<String> objection(ChannelLayout results) {
    return fits(results)
        ? Optional.empty()
        : Optional.of(
            "the results have "
                + results.words()
                + ", the detector description '"
                + name()
                + "' has "
                + channels.words()
                + "; start the viewer with --detector and the description that the results were"
                + " made with");
  }

  /** Its description, if there is one. */
  public Optional<DetectorDescription> description() {
    return description;
  }

  /** What its results' bins stand for. */
  public ChannelLayout channels() {
    return channels;
  }

  /** Its name; without description, what is known of it. */
  public String name() {
    return description.map(DetectorDescription::name).orElse("not described");
  }

  /** Number of its chambers. */
  public int chambers() {
    return channels.chambers();
  }

  /** What is known of a chamber. */
  public Optional<DetectorDescription.Chamber> chamber(int chamber) {
    return description.map(d -> d.chambers().get(chamber));
  }

  /** A chamber's name; without description, its number. */
  public String chamberName(int chamber) {
    return chamber(chamber)
        .map(DetectorDescription.Chamber::name)
        .orElse(Integer.toString(chamber));
  }

  /** A chamber's name as a title; one that is a number says of what. */
  public String title(int chamber) {
    return named("Chamber ", chamber);
  }

  /** A chamber's name behind this word if it is but a number. */
  private String named(String word, int chamber) {
    String name = chamberName(chamber);
    return NUMBER.matcher(name).matches() ? word + name : name;
  }

  /** A chamber's name for narrow places: cut if it is long, behind a word if it is a number. */
  public String brief(String word, int chamber) {
    String name = named(word, chamber);
    return name.length() <= BRIEF ? name : name.substring(0, BRIEF - 1) + "…";
  }

  /** Which part of all cells a chamber has, 0 to 1. */
  public double partOfCells(int chamber) {
    double all = 0;
    for (int i = 0; i < chambers(); i++) {
      all += channels.cells(i);
    }
    return channels.cells(chamber) / all;
  }

  /** False if it is known to have no scintillator. */
  public boolean hasScintillators() {
    return description.map(d -> !d.scintillators().isEmpty()).orElse(true);
  }

  /** True if a histogram can have entries: those of orbits with a scintillator hit need one. */
  public boolean has(ChamberHistogram which) {
    return hasScintillators() || !which.isGated();
  }

  /** True if the bins of a chamber's occupancy are the numbers of channels, not only of cells. */
  public boolean isByChannel(int chamber) {
    return description
        .map(d -> !d.format().isByLayerAndWire() && d.chambers().get(chamber).hasChannelsInRow())
        .orElse(true);
  }

  /** What a bin of a chamber's occupancy stands for. */
  public String binWord(int chamber) {
    return isByChannel(chamber) ? "TDC channel" : "cell";
  }
}
