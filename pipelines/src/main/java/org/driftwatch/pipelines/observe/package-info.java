/** Metrics and the status of a running pipeline. */
package org.driftwatch.pipelines.observe;
