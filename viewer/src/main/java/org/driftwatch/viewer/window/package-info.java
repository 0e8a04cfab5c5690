/** The window: the dashboard in its frame, keys, help, what is saved or printed. */
package org.driftwatch.viewer.window;
