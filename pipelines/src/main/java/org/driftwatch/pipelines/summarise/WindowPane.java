package org.driftwatch.pipelines.summarise;

import org.driftwatch.pipelines.orbits.HitAccumulator;

/**
 * What a pane of the grouping brings of a shard of a window.
 *
 * @param window the window's last instant, ms since the epoch
 * @param index which of the panes of this shard and window it is, from 0 without a gap
 * @param hits the hits that came since the pane before
 */
record WindowPane(long window, long index, HitAccumulator hits) {}
