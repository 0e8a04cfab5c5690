package org.driftwatch.pipelines.summarise;

/**
 * A shard of a window that was published, held for the refinements that may still come.
 *
 * @param window the window's last instant, ms since the epoch
 * @param panes how many panes it was made of so far
 * @param hits all its hits so far
 */
record HeldWindow(long window, int panes, HitAccumulator hits) {}
