/** File store on disk or S3, and downloads of provider results from checked addresses. */
package io.maquette.storage;
