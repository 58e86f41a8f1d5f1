/** REST resources of {@code /api/admin}: tasks, overdue tasks, overview, providers and settings. */
package io.maquette.admin.web;
