/**
 * Pictures from Alibaba Cloud's DashScope (Model Studio): a translation of its text-to-image
 * interface, version 1, and nothing else. Written to its documentation as of 2026-11.
 */
package io.maquette.provider.dashscope;
