package org.driftwatch.pipelines.summarise;

/**
 * What one shard of a window says, by one of its panes. Panes accumulate, so of several from one
 * shard the one with the highest index holds.
 *
 * @param shard the shard, from 0
 * @param pane index of the pane, from 0
 * @param counts the counts
 */
record ShardCounts(int shard, long pane, WindowCounts counts) {}
