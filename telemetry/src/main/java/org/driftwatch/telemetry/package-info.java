/** Metrics over JMX and for Prometheus, and the log format of every program. */
package org.driftwatch.telemetry;
