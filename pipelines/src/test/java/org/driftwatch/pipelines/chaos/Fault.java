package org.driftwatch.pipelines.chaos;

/** What is done to the running parts. */
enum Fault {
  MONITOR_KILLED("monitor killed", 12),
  MONITOR_PAUSED("monitor stopped for 3 s", 1),
  EMULATOR_KILLED("emulator killed", 2),
  BROKER_KILLED("broker killed, back after 2 s", 2),
  MONITOR_AND_BROKER_KILLED("monitor and broker killed", 1);

  private final String words;
  private final int weight;

  Fault(String words, int weight) {
    this.words = words;
    this.weight = weight;
  }

  /** What to call it in a table. */
  String words() {
    return words;
  }

  /** How often it comes, beside the others. */
  int weight() {
    return weight;
  }
}
