/**
 * Model provider for a self-hosted Hunyuan3D server: {@code api_server.py} of Tencent's
 * repositories Hunyuan3D-2 and Hunyuan3D-2.1, which have no versioned interface.
 *
 * <ol>
 *   <li>While the server reports {@code processing}, the job counts as running. The server also
 *       reports it for failed jobs and unknown ids, so only the application's deadline ends these.
 *   <li>While a finished file is incomplete, the job counts as running: the server reports a file
 *       as soon as it begins to write it.
 *   <li>A model, which arrives as Base64 within the answer, takes no more memory than the file has
 *       bytes.
 * </ol>
 *
 * Out of scope: {@code POST /generate}, whose answer takes as long as the model; keys, because the
 * server has none.
 */
package io.maquette.provider.hunyuan;
