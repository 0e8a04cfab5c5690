/**
 * The domain: hits, record formats, the run configuration, the summary of a window and the status
 * of the monitor. Depends on Jackson only.
 */
package org.driftwatch.detector;
