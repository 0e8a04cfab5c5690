/** What the viewer remembers between two starts. */
package org.driftwatch.viewer.settings;
