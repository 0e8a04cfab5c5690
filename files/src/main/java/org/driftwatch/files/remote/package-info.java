/** Objects in S3 stores and HTTPS containers, read in parts and resumed at the same byte. */
package org.driftwatch.files.remote;
