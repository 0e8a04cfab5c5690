package org.driftwatch.emulator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.faults.DetectorFault;
import org.driftwatch.emulator.faults.Injection;
import org.driftwatch.emulator.faults.Malformation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that inject faults. */
@Command(optionListHeading = "%nFault injection:%n")
final class FaultOptions {
  @Option(
      names = "--inject",
      paramLabel = "KIND=AMOUNT[@SIZE][,...]",
      description =
          "inject faults: a given number (whole, anywhere in the stream) or with a probability"
              + " per row (with a decimal point). Kinds: malformed (any of the ways) or"
              + " malformed-WAY, duplicate, late@30s, clock-step@-5s (for 10 s), silence@10s,"
              + " burst@1000 (rows at once), epoch-reset, orbit-flood@10000 (hits, each of an orbit"
              + " of its own); the sizes shown are the defaults. Ways: empty, blank, fields,"
              + " missing, fraction, range, no-number, json-number, trailing, truncated,"
              + " open-string, control, escape, unicode, nesting, token, word. May be repeated")
  List<String> injections = new ArrayList<>();

  @Option(
      names = "--fault",
      paramLabel = "KIND:WHERE[=AMOUNT]@FROM[-TO]",
      description = {
        "let a part of the detector fail, from a time after the first row on, or between two (ms,"
            + " s, m, h); simulated or recorded. May be repeated:",
        "  dead:chamber2@60s-120s  no hits; also chamberN.layerM, chamberN.cellK,"
            + " chamberN.layerM.wireL, scintillator, board1",
        "  noisy:chamber3.cell5=x20@60s  times the mean rate of the chamber's good cells; also a"
            + " layer or a chamber",
        "  efficiency:chamber1=0.7@60s  each hit kept with this probability, or 70%%; also a layer"
            + " or a cell",
        "  shift:chamber2=25ns@60s  hits later, or earlier with -25ns; also scintillator",
        "  swap:chamber0,chamber2@60s  hits on each other's channels; also two layers or two cells"
            + " of equal size",
        "  rate:all=0.7@60s  as efficiency, of all hits; also a chamber",
        "Chambers and cells count from 0, layers and wires from 1"
      })
  List<String> faults = new ArrayList<>();

  @Option(
      names = "--inject-log",
      paramLabel = "FILE",
      description =
          "write a line of JSON for each: kind, row of the source, timestamp, partition and offset;"
              + " of --fault: rows and timestamps of beginning and end, and how many hits")
  Path injectionLog;

  /**
   * What is wrong with the options' values; empty if nothing is.
   *
   * @param asFastAsPossible true if no row waits for another's time
   */
  Optional<String> fault(boolean asFastAsPossible) {
    Optional<String> misread = Checks.parses("--inject", this::injections);
    if (misread.isPresent()) {
      return misread;
    }
    if (asFastAsPossible
        && injections().stream().anyMatch(one -> one.kind() == Injection.Kind.BURST)) {
      return Optional.of(
          "--inject burst: with --rate 0 all rows come at once anyway; expected a --rate"
              + " above 0, --pace detector or --profile");
    }
    return injectionLog != null && !areGiven()
        ? Optional.of(
            "--inject-log " + injectionLog + " needs --inject or --fault: there is nothing to log")
        : Optional.empty();
  }

  /** What does not go with a detector's records; empty if all does. */
  Optional<String> fault(DetectorDescription detector) {
    Optional<String> misread = Checks.parses("--fault", () -> ofDetector(detector));
    if (misread.isPresent()) {
      return misread;
    }
    List<Malformation> possible = Malformation.of(detector);
    return injections().stream()
        .map(Injection::malformation)
        .filter(one -> one != null && !possible.contains(one))
        .findFirst()
        .map(
            one ->
                "--inject "
                    + one.label()
                    + ": records of \""
                    + detector.name()
                    + "\" are never so; expected one of "
                    + possible.stream().map(Malformation::label).collect(Collectors.joining(", ")));
  }

  /** The faults of the detector; empty for none. */
  List<DetectorFault> ofDetector(DetectorDescription detector) {
    return DetectorFault.parse(faults, detector);
  }

  /** What to do to the stream; empty for nothing. */
  List<Injection> injections() {
    return injections.stream().flatMap(text -> Injection.parse(text).stream()).toList();
  }

  /** True if faults are injected. */
  boolean areGiven() {
    return !injections.isEmpty() || !faults.isEmpty();
  }

  /** What is injected, as it was given. */
  String describe() {
    return Stream.concat(injections.stream(), faults.stream()).collect(Collectors.joining(", "));
  }
}
