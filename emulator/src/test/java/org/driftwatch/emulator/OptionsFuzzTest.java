package org.driftwatch.emulator;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.driftwatch.detector.testing.Fuzzer;
import org.driftwatch.emulator.faults.DetectorFault;
import org.driftwatch.emulator.faults.Injection;
import org.driftwatch.emulator.pace.PaceChoice;
import org.driftwatch.emulator.pace.RateProfile;
import org.driftwatch.emulator.send.RunNumbers;
import org.driftwatch.emulator.simulator.Truth;
import org.driftwatch.emulator.source.MemoryFile;
import org.driftwatch.emulator.source.StartPoint;
import org.driftwatch.files.InputFile;
import org.junit.jupiter.api.Test;

/** No text of an option, or of a request to the rate port, makes its parser fail or hang. */
class OptionsFuzzTest {
  @Test
  void pacesAreReadOrRefused() {
    Fuzzer.run(
        "paces, also of the rate port",
        Fuzzer.texts("5000", "0", ".5", "detector", "detectorx2", "recorded x 0.5"),
        List.of("x", "detector", "recorded", ".", " ", "1000000000"),
        IllegalArgumentException.class,
        input -> {
          // The rate port hands on what it was sent.
          PaceChoice pace = PaceChoice.parse(Fuzzer.text(input));
          return pace + PaceChoice.plain(pace.number());
        });
  }

  @Test
  void rateProfilesAreReadOrRefused() {
    Fuzzer.run(
        "rate profiles",
        Fuzzer.texts("1000:30s,1000-20000:10s,burst:50000,0:5s", "0-5:1h", "1:1ms", "burst 7,1:1m"),
        List.of("burst:", ":", "-", ",", "ms", "s", "m", "h", "0:5s,", " "),
        IllegalArgumentException.class,
        input -> {
          RateProfile profile = RateProfile.parse(Fuzzer.option(input));
          return List.of(profile, profile.rateAt(profile.seconds() / 3));
        });
  }

  @Test
  void runNumbersAreReadOrRefused() {
    Fuzzer.run(
        "run numbers",
        Fuzzer.texts("591", "591,592@30s", "1,2@5m,3@1.5h", "0, 7@100ms"),
        List.of(",", "@", "s", "ms", "h", ".", "999999999999999999", " "),
        IllegalArgumentException.class,
        input -> RunNumbers.parse(Fuzzer.option(input)).largest());
  }

  @Test
  void injectionsAreReadOrRefused() {
    Fuzzer.run(
        "injections",
        Fuzzer.texts("malformed=0.001,late=5@90s", "clock-step=1@-5s", "orbit-flood=2@10000"),
        List.of("=", "@", ",", "0.", "e-9", "ms", "s", "m", "-", "burst=", "duplicate=1"),
        IllegalArgumentException.class,
        input -> Injection.parse(Fuzzer.option(input)));
  }

  @Test
  void detectorFaultsAreReadOrRefused() {
    Fuzzer.run(
        "detector faults",
        Fuzzer.texts(
            "dead:chamber2@60s-120s",
            "noisy:chamber3.cell5=x20@60s",
            "shift:scintillator=-25ns@1.5m",
            "swap:chamber0.layer1,chamber2.layer4@1h",
            "rate:all=70%@10ms"),
        List.of(
            ":",
            "=",
            "@",
            "-",
            ",",
            ".",
            "x",
            "%",
            "ns",
            "chamber",
            "layer",
            "wire",
            "cell",
            "board",
            "999999999",
            "efficiency:",
            "\n"),
        IllegalArgumentException.class,
        input -> {
          DetectorFault fault = DetectorFault.parse(Fuzzer.option(input), Course.DETECTOR);
          return List.of(fault.toString(), fault.kind(), fault.fromNs(), fault.toNs());
        });
  }

  @Test
  void truthsAreReadOrRefused() {
    Fuzzer.run(
        "truths of the simulated detector",
        Fuzzer.texts(
            "efficiency:chamber1.cell5=50%", "resolution=260um", "t0:all=-3ns", "noise=x0"),
        List.of("=", ":", ".", "-", "x", "%", "ns", "um", "mrad", "um/ns", "cell", "tilt", "\n"),
        IllegalArgumentException.class,
        input -> Truth.parse(List.of(Fuzzer.option(input)), Course.DETECTOR).texts());
  }

  @Test
  void startPointsAreFoundOrRefused() {
    List<InputFile> files =
        Stream.of("run/data_0.csv", "run/data_1.csv", "x:3")
            .<InputFile>map(name -> new MemoryFile(name, new byte[0]))
            .toList();
    Fuzzer.run(
        "starting points of a source",
        Fuzzer.texts("data_0.csv:1001", "run/data_1.csv", "x:3", "x:3:7"),
        List.of(":", "/", "run", "data_1.csv", "999999999999999999"),
        IOException.class,
        input -> StartPoint.of(Fuzzer.option(input), files));
  }
}
