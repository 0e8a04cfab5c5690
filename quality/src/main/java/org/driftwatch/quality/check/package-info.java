/** The checks: what is looked at, on which stretch, and by which statistics. */
package org.driftwatch.quality.check;
