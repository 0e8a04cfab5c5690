package org.driftwatch.launcher;

import java.util.Locale;

/** What a configuration of {@code runner-configs/} runs the pipeline on. */
enum Engine {
  /** Beam's own, in the pipeline's process: nothing else is needed. */
  DIRECT("", "", "", ""),
  SPARK("Spark", "SPARK", "jars", "a Spark 3.5 for Scala 2.12"),
  FLINK("Flink", "FLINK", "lib", "a Flink 1.19");

  private final String title;
  private final String prefix;
  private final String jars;
  private final String expected;

  Engine(String title, String prefix, String jars, String expected) {
    this.title = title;
    this.prefix = prefix;
    this.jars = jars;
    this.expected = expected;
  }

  /** Its name in a sentence. */
  String title() {
    return title;
  }

  /** The module of this name makes its jar, and the build puts a home of this name into target/. */
  String module() {
    return title.toLowerCase(Locale.ROOT);
  }

  /** The variable with the address of a user's own cluster. */
  String masterVariable() {
    return prefix + "_MASTER";
  }

  /** The variable with the folder it is installed in. */
  String homeVariable() {
    return prefix + "_HOME";
  }

  /** The folder of its own jars in its home. */
  String jars() {
    return jars;
  }

  /** What its home has to be. */
  String expected() {
    return expected;
  }
}
