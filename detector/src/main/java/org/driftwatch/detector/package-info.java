/**
 * The domain: hits, record formats, the description of a detector, the summary of a window and the
 * status of the monitor. Depends on Jackson only.
 */
package org.driftwatch.detector;
