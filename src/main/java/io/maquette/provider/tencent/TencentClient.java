package io.maquette.provider.tencent;

import io.maquette.provider.http.AnswerLimit;
import io.maquette.provider.http.CallLog;
import io.maquette.provider.http.ErrorAnswers;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;

/** REST client of Tencent: one address, and a header that names the action. */
@RegisterProvider(ErrorAnswers.class)
@RegisterProvider(AnswerLimit.class)
@RegisterProvider(CallLog.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface TencentClient {

  /**
   * Submits a job.
   *
   * @param action the tier's, e.g. {@code SubmitHunyuanTo3DRapidJob}
   */
  @POST
  @Path("/")
  TencentAnswer submit(@HeaderParam("X-TC-Action") String action, SubmitJob job);

  /**
   * Queries a job.
   *
   * @param action that of the tier of the job's submission, e.g. {@code QueryHunyuanTo3DRapidJob}
   */
  @POST
  @Path("/")
  TencentAnswer query(@HeaderParam("X-TC-Action") String action, QueryJob job);
}
