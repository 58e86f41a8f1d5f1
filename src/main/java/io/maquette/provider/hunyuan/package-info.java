/**
 * Models made by a Hunyuan3D server of one's own: {@code api_server.py} of the repositories
 * Hunyuan3D-2 and Hunyuan3D-2.1 by Tencent, which have no versioned interface.
 *
 * <ol>
 *   <li>While the server says {@code processing}, the job runs: it says so of jobs that failed and
 *       of ids it never gave, too, so that only our deadline ends these.
 *   <li>When a finished file is not there to its end yet, the job runs: the server tells of a file
 *       as soon as it begins to write it.
 *   <li>A model, which comes as Base64 within the answer, shall take no more memory than the file
 *       has bytes.
 * </ol>
 *
 * Out of scope: {@code POST /generate}, whose answer takes as long as the model; keys, as the
 * server knows none.
 */
package io.maquette.provider.hunyuan;
