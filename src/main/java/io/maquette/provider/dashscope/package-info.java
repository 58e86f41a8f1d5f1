/**
 * Image provider for Alibaba Cloud's DashScope (Model Studio). It only translates its text-to-image
 * interface, version 1. Written to its documentation as of 2026-11.
 */
package io.maquette.provider.dashscope;
