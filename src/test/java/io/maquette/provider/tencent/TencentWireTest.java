package io.maquette.provider.tencent;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.Simulator.Received;
import io.maquette.it.simulator.TencentSimulator;
import io.maquette.provider.Cancellation;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelProviderContract;
import io.maquette.storage.Downloads;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Contract test of the Tencent provider; {@link TencentModelProviderTest} has its specific
 * behaviour.
 */
class TencentWireTest extends ModelProviderContract<TencentSimulator> {

  private static final Settings SETTINGS =
      Settings.read(
          name ->
              Optional.ofNullable(
                  Map.of(
                          "maquette.tencent.secret-id",
                          TencentSimulator.SECRET_ID,
                          "maquette.tencent.secret-key",
                          KEY,
                          "maquette.tencent.tier",
                          "pro")
                      .get(name)));

  @Override
  protected TencentSimulator newSimulator() {
    return new TencentSimulator();
  }

  @Override
  protected ModelProvider newProvider(Downloads files) {
    TencentClient client = client(TencentClient.class, new Tc3Signing(SETTINGS, Clock.systemUTC()));
    return new TencentModelProvider(client, SETTINGS, files);
  }

  @Override
  protected Setting<?> subject() {
    return ProviderSetting.TENCENT_URL;
  }

  @Override
  protected boolean isSubmission(Received request) {
    return TencentSimulator.isSubmission(request);
  }

  @Override
  protected boolean isQuestion(Received request) {
    return TencentSimulator.isQuery(request);
  }

  @Override
  protected int acceptedSubmissions() {
    return simulator.accepted();
  }

  private static Answer error(String code) {
    return Answer.json(
        200,
        """
        {"Response":{"Error":{"Code":"%s","Message":"as told"},"RequestId":"r-1"}}\
        """
            .formatted(code));
  }

  @Override
  protected Answer refused() {
    return error("InvalidParameterValue");
  }

  @Override
  protected Answer unavailable() {
    return error("InternalError");
  }

  /**
   * Returns the answer of a gateway before Tencent's service, which uses HTTP and may request a
   * wait.
   */
  @Override
  protected Optional<Answer> throttled() {
    return Optional.of(Answer.json(429, "{}"));
  }

  @Override
  protected Optional<Answer> unauthorised() {
    return Optional.of(error("AuthFailure.SecretIdNotFound"));
  }

  @Override
  protected Optional<Answer> outOfCredit() {
    return Optional.of(error("ResourceInsufficient"));
  }

  @Override
  protected Answer retired() {
    return error("ActionOffline");
  }

  @Override
  protected Optional<Answer> lost() {
    return Optional.of(error("FailedOperation.JobNotExist"));
  }

  @Override
  protected Cancellation cancellationOfWaitingJob() {
    return Cancellation.CANNOT_STOP;
  }
}
