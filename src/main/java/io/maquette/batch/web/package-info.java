/** REST resources for batch jobs. Every operator action is audited. */
package io.maquette.batch.web;
