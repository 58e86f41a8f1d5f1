package io.maquette.provider.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.tencentcloudapi.ai3d.v20250513.Ai3dClient;
import com.tencentcloudapi.ai3d.v20250513.models.File3D;
import com.tencentcloudapi.ai3d.v20250513.models.QueryHunyuanTo3DProJobRequest;
import com.tencentcloudapi.ai3d.v20250513.models.QueryHunyuanTo3DProJobResponse;
import com.tencentcloudapi.ai3d.v20250513.models.QueryHunyuanTo3DRapidJobRequest;
import com.tencentcloudapi.ai3d.v20250513.models.QueryHunyuanTo3DRapidJobResponse;
import com.tencentcloudapi.ai3d.v20250513.models.SubmitHunyuanTo3DProJobRequest;
import com.tencentcloudapi.ai3d.v20250513.models.SubmitHunyuanTo3DRapidJobRequest;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import io.maquette.it.simulator.TencentSimulator;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Test that Tencent's own Java client works with the simulator. */
class TencentSimulatorTest {

  private final TencentSimulator tencent = new TencentSimulator();

  @AfterEach
  void close() {
    tencent.close();
  }

  private Ai3dClient sdk(String secretId, String secretKey) {
    HttpProfile http = new HttpProfile();
    http.setEndpoint(tencent.host());
    http.setProtocol(HttpProfile.REQ_HTTP);
    ClientProfile profile = new ClientProfile();
    profile.setHttpProfile(http);
    return new Ai3dClient(new Credential(secretId, secretKey), "ap-guangzhou", profile);
  }

  private Ai3dClient sdk() {
    return sdk(TencentSimulator.SECRET_ID, TencentSimulator.SECRET_KEY);
  }

  private static String picture() {
    return Base64.getEncoder().encodeToString(TencentSimulator.previewPicture());
  }

  @Test
  void tencents_own_client_completes_a_rapid_job() throws Exception {
    SubmitHunyuanTo3DRapidJobRequest submission = new SubmitHunyuanTo3DRapidJobRequest();
    submission.setImageBase64(picture());
    submission.setResultFormat("GLB");
    QueryHunyuanTo3DRapidJobRequest query = new QueryHunyuanTo3DRapidJobRequest();
    query.setJobId(sdk().SubmitHunyuanTo3DRapidJob(submission).getJobId());

    assertThat(sdk().QueryHunyuanTo3DRapidJob(query).getStatus()).isEqualTo("WAIT");
    assertThat(sdk().QueryHunyuanTo3DRapidJob(query).getStatus()).isEqualTo("RUN");
    QueryHunyuanTo3DRapidJobResponse done = sdk().QueryHunyuanTo3DRapidJob(query);
    assertThat(done.getStatus()).isEqualTo("DONE");
    assertThat(done.getErrorCode()).isEmpty();
    assertThat(done.getRequestId()).isNotBlank();
    assertThat(done.getResultFile3Ds()).extracting(File3D::getType).containsExactly("GLB");
    assertThat(done.getResultFile3Ds()[0].getUrl()).contains(".glb?");
    assertThat(done.getResultFile3Ds()[0].getPreviewImageUrl()).contains(".png?");
    assertThat(tencent.complaints()).isEmpty();
  }

  @Test
  void tencents_own_client_completes_a_pro_job() throws Exception {
    SubmitHunyuanTo3DProJobRequest submission = new SubmitHunyuanTo3DProJobRequest();
    submission.setPrompt("一只可爱的小猫");
    submission.setFaceCount(40_000L);
    QueryHunyuanTo3DProJobRequest query = new QueryHunyuanTo3DProJobRequest();
    query.setJobId(sdk().SubmitHunyuanTo3DProJob(submission).getJobId());

    tencent.pollsUntilDone(0);
    QueryHunyuanTo3DProJobResponse done = sdk().QueryHunyuanTo3DProJob(query);
    assertThat(done.getStatus()).isEqualTo("DONE");
    assertThat(done.getResultFile3Ds()).extracting(File3D::getType).containsExactly("OBJ", "GLB");
    assertThat(tencent.complaints()).isEmpty();
  }

  @Test
  void tencents_own_client_understands_the_errors() {
    assertThat(refusal(sdk(TencentSimulator.SECRET_ID, "wrong")))
        .isEqualTo("AuthFailure.SignatureFailure");
    assertThat(refusal(sdk("AKIDwrong", TencentSimulator.SECRET_KEY)))
        .isEqualTo("AuthFailure.SecretIdNotFound");
    assertThat(refusal(sdk())).isEqualTo("FailedOperation.JobNotExist");
  }

  private static String refusal(Ai3dClient sdk) {
    QueryHunyuanTo3DRapidJobRequest query = new QueryHunyuanTo3DRapidJobRequest();
    query.setJobId("1");
    return catchThrowableOfType(
            TencentCloudSDKException.class, () -> sdk.QueryHunyuanTo3DRapidJob(query))
        .getErrorCode();
  }

  @Test
  void the_simulator_refuses_what_the_documentation_forbids() {
    SubmitHunyuanTo3DRapidJobRequest nothing = new SubmitHunyuanTo3DRapidJobRequest();
    assertThat(refusal(nothing)).isEqualTo("MissingParameter");

    SubmitHunyuanTo3DRapidJobRequest both = new SubmitHunyuanTo3DRapidJobRequest();
    both.setPrompt("a cat");
    both.setImageBase64(picture());
    assertThat(refusal(both)).isEqualTo("InvalidParameter");

    SubmitHunyuanTo3DRapidJobRequest unknown = new SubmitHunyuanTo3DRapidJobRequest();
    unknown.setPrompt("a cat");
    unknown.set("Model", "3.0");
    assertThat(refusal(unknown)).isEqualTo("UnknownParameter");

    SubmitHunyuanTo3DRapidJobRequest noPicture = new SubmitHunyuanTo3DRapidJobRequest();
    noPicture.setImageBase64("bm8gcGljdHVyZQ==");
    assertThat(refusal(noPicture)).isEqualTo("InvalidParameterValue");

    SubmitHunyuanTo3DRapidJobRequest longPrompt = new SubmitHunyuanTo3DRapidJobRequest();
    longPrompt.setPrompt("猫".repeat(201));
    assertThat(refusal(longPrompt)).isEqualTo("InvalidParameterValue");
    assertThat(tencent.accepted()).isZero();
    assertThat(tencent.complaints()).hasSize(5);
  }

  private String refusal(SubmitHunyuanTo3DRapidJobRequest submission) {
    return catchThrowableOfType(
            TencentCloudSDKException.class, () -> sdk().SubmitHunyuanTo3DRapidJob(submission))
        .getErrorCode();
  }
}
