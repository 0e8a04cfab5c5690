/** Histograms of a stretch of results, in the formats that physicists open. */
package org.driftwatch.export;
