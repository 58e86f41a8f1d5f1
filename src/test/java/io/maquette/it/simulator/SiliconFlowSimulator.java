package io.maquette.it.simulator;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Set;

/** SiliconFlow's images interface (docs.siliconflow.cn, images/generations). */
public final class SiliconFlowSimulator extends PictureSimulator {

  private static final String WRONG =
      "{\"code\":20015,\"message\":\"Value error, %s\",\"data\":null}";

  @Override
  public boolean isSubmission(Received request) {
    return request.uri().getPath().equals("/v1/images/generations");
  }

  @Override
  public String requestId() {
    return "ti_0123456789";
  }

  private Answer named(Answer answer) {
    return answer.with("x-siliconcloud-trace-id", requestId());
  }

  /** 30001 (no balance), 20012 (no such model), 50505 (overloaded), or an HTTP status. */
  @Override
  protected Answer refusal(String code) {
    return named(error(code));
  }

  private static Answer error(String code) {
    return switch (code) {
      case "30001" ->
          Answer.json(
              403,
              "{\"code\":30001,\"message\":\"Sorry, your account balance is insufficient\","
                  + "\"data\":null}");
      case "20012" ->
          Answer.json(
              400,
              "{\"code\":20012,\"message\":\"Model does not exist. Please check it carefully.\","
                  + "\"data\":null}");
      case "50505" ->
          Answer.json(
              503,
              "{\"code\":50505,\"message\":\"Model service overloaded. Please try again later.\","
                  + "\"data\":null}");
      case "429" ->
          Answer.json(
                  429,
                  "{\"message\":\"Request was rejected due to rate limiting. Details:IPM limit"
                      + " reached.\",\"data\":null}")
              .with("Retry-After", "7");
      default -> Answer.json(Integer.parseInt(code), "\"refused\"");
    };
  }

  @Override
  protected Answer answer(Received request) {
    if (isFile(request)) {
      return file(request);
    }
    if (!isSubmission(request)) {
      return Answer.json(404, "\"404 page not found\"");
    }
    if (!hasKey(request)) {
      return Answer.json(401, "\"Invalid token\"");
    }
    JsonObject body = post(request, WRONG);
    requireFields(
        body,
        Set.of("model", "prompt", "image_size"),
        Set.of(
            "model",
            "prompt",
            "image_size",
            "negative_prompt",
            "seed",
            "num_inference_steps",
            "guidance_scale"),
        WRONG);
    requireText(body, "model", WRONG);
    requireText(body, "prompt", WRONG);
    if (!body.getString("image_size").matches("1024x1024|960x1280|720x1440|720x1280")) {
      throw new Refusal(400, WRONG);
    }
    int number = accept();
    return named(
        Answer.json(
            200,
            Json.createObjectBuilder()
                .add(
                    "images",
                    Json.createArrayBuilder()
                        .add(Json.createObjectBuilder().add("url", addressOf(number))))
                .add("timings", Json.createObjectBuilder().add("inference", 1.25))
                .add("seed", 4242)
                .add("shared_id", "0")
                .build()
                .toString()));
  }
}
