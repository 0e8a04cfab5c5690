/** Where a run begins, and when it must end for a new one: the topics are the only state. */
package org.driftwatch.pipelines.restart;
