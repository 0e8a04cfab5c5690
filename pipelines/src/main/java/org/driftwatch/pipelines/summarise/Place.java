package org.driftwatch.pipelines.summarise;

/**
 * Where a shard of a window is held. The windows of a shard take turns on a fixed number of places.
 *
 * @param shard the shard, from 0
 * @param number the place among those of its shard, from 0
 */
record Place(int shard, int number) {}
