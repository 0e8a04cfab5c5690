/** Exported data: tables as CSV. */
package org.driftwatch.viewer.export;
