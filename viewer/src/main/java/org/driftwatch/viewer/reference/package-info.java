/** References: saved summaries that later data is compared with. */
package org.driftwatch.viewer.reference;
