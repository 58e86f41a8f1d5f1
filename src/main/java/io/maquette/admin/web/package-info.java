/** {@code /api/admin/tasks}, {@code overview}, {@code providers} and {@code settings}. */
package io.maquette.admin.web;
