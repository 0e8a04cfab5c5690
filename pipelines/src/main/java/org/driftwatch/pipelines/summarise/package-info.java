/**
 * From hits to the counts of a window: combined in the bundle, grouped by shard, counted, and
 * refined by late hits.
 */
package org.driftwatch.pipelines.summarise;
