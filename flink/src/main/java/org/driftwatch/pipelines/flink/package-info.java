/**
 * Flink as a runner of the monitor: what it is asked before a run, watched for during it, and where
 * its metrics come from.
 */
package org.driftwatch.pipelines.flink;
