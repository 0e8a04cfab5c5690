/**
 * The source of a stream: KafkaIO, wrapped so that it gives blocks and a watermark by the stream's
 * clock.
 */
package org.driftwatch.pipelines.read;
