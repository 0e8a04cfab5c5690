package org.driftwatch.pipelines.summarise;

/**
 * What one shard of a window says. Each refinement is whole, so of several from one shard the one
 * made of the most panes holds.
 *
 * @param shard the shard, from 0
 * @param panes how many panes it was made of
 * @param counts the counts
 */
record ShardCounts(int shard, int panes, WindowCounts counts) {}
