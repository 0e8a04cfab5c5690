/** Pictures as files. */
package org.driftwatch.viewer.export;
