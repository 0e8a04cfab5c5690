/** The event time of a stream in which some producers' clocks are wrong. */
package org.driftwatch.pipelines.clock;
