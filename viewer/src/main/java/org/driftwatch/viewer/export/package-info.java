/** Exported data: tables as CSV, and files that are written whole or not at all. */
package org.driftwatch.viewer.export;
