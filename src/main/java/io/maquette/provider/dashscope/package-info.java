/**
 * Image provider for Alibaba Cloud's DashScope (Model Studio). It only translates its text-to-image
 * interface, version 1. Written to its documentation as of 2026-11 (help.aliyun.com, Wan
 * text-to-image V2 API reference, read 2026-11-30).
 */
package io.maquette.provider.dashscope;
