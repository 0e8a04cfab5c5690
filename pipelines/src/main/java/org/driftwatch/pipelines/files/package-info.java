/** The source of a batch: files, in blocks. */
package org.driftwatch.pipelines.files;
