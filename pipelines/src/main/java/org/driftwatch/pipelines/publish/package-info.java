/** Sends summaries and rejected records to Kafka; writes the summary of a batch. */
package org.driftwatch.pipelines.publish;
