/**
 * Listeners that Spark loads by name: they end a run that can no longer be exact, and watch its
 * pace.
 */
package org.driftwatch.pipelines.spark;
