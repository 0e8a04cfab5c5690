/**
 * The programs of the pipeline. {@link org.driftwatch.pipelines.MonitorMain} makes a {@link
 * org.driftwatch.pipelines.Plan} and runs {@link org.driftwatch.pipelines.Monitor}; all steps are
 * in {@code MonitorPipeline.expand}.
 */
package org.driftwatch.pipelines;
