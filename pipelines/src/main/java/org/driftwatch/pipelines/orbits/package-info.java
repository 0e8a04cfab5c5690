/** Hits packed into about four bytes each, sorted by orbit, and merged without unpacking. */
package org.driftwatch.pipelines.orbits;
