package org.driftwatch.launcher;

import java.util.List;

/**
 * A standalone cluster on this machine for the time of a run: a master and workers, each a part of
 * the run in a JVM of its own.
 */
interface Cluster {
  /** Name of the part that is started first. */
  String master();

  /** Names of the other parts. */
  List<String> workers();

  /** Starts the part of this name. */
  void start(Parts parts, String name);

  /** Workers that the master knows and that are alive; -1 while the master does not answer. */
  int aliveWorkers() throws InterruptedException;

  /** The address that a pipeline is submitted to. */
  String address();

  /** Where its web pages are, in one line. */
  String pages();
}
