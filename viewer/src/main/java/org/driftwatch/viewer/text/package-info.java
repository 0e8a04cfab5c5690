/** The lines of the viewer without a window. */
package org.driftwatch.viewer.text;
