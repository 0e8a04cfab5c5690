package org.driftwatch.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Client properties that would falsify results, were they not ignored. */
public final class HostileProperties {
  /** Those that a consumer would heed. */
  public static final List<String> OF_CONSUMERS =
      List.of(
          "auto.offset.reset=latest",
          "isolation.level=read_uncommitted",
          "group.id=g",
          "interceptor.classes=none.such.Class");

  /** Those that a producer would heed. */
  public static final List<String> OF_PRODUCERS =
      List.of(
          "acks=0",
          "enable.idempotence=false",
          "retries=0",
          "max.in.flight.requests.per.connection=10",
          "transactional.id=x",
          "interceptor.classes=none.such.Class");

  private static final String FILE = "hostile.properties";
  private static final String END = " is ignored: ";

  private HostileProperties() {}

  /** All of them. */
  public static List<String> all() {
    return Stream.concat(OF_CONSUMERS.stream(), OF_PRODUCERS.stream()).distinct().toList();
  }

  /** A file of all of them. */
  public static Path write(Path folder) throws IOException {
    return Files.write(folder.resolve(FILE), all());
  }

  /** Makes sure that a program has said of each of these, once, that it is ignored. */
  public static void assertTold(String log, List<String> ignored) {
    assertThat(
        log,
        log.lines()
            .filter(line -> line.contains(END))
            .map(line -> line.replaceFirst(".*" + FILE + ": (.*)" + END + ".*", "$1"))
            .toList(),
        containsInAnyOrder(ignored.toArray()));
  }
}
