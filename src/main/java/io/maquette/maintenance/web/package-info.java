/** What operators ask of the jobs over HTTP, and the answers; everything they do is audited. */
package io.maquette.maintenance.web;
