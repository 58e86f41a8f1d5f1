package io.maquette.config;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Settings of the remote providers; each name begins with the name of its provider. The default
 * models were active on 2026-11-30; docs/providers.md has the source of each.
 */
public final class ProviderSetting {

  public static final Setting<URI> TENCENT_URL =
      url("maquette.tencent.url", "Tencent Hunyuan 3D", "https://ai3d.tencentcloudapi.com");

  public static final Setting<String> TENCENT_VERSION =
      new Setting<>(
          "maquette.tencent.version",
          "Version of Tencent's interface; the international address has `2023-09-01`",
          "2025-05-13",
          "a date",
          text -> LocalDate.parse(text).toString());

  public static final Setting<String> TENCENT_SECRET_ID =
      new Setting<>(
          "maquette.tencent.secret-id", "Name of the key at Tencent", "", "", Function.identity());

  public static final Setting<String> TENCENT_SECRET_KEY =
      Setting.key("maquette.tencent.secret-key", "Key at Tencent");

  public static final Setting<String> TENCENT_REGION =
      new Setting<>(
          "maquette.tencent.region",
          "Region at Tencent",
          "ap-guangzhou",
          "lower-case letters, digits, hyphens",
          Setting::region);

  public static final Setting<String> TENCENT_TIER =
      Setting.choice(
          "maquette.tencent.tier",
          "`rapid` is quicker and cheaper, `pro` is finer",
          "rapid",
          Set.of("rapid", "pro"));

  public static final Setting<URI> TOKENHUB_URL =
      url("maquette.tokenhub.url", "Tencent TokenHub", "https://tokenhub.tencentmaas.com");

  public static final Setting<String> TOKENHUB_KEY =
      Setting.key("maquette.tokenhub.api-key", "API key at Tencent TokenHub");

  public static final Setting<String> TOKENHUB_MODEL =
      new Setting<>(
          "maquette.tokenhub.model",
          "Model at Tencent TokenHub: `hy-3d-3.1` and `hy-3d-3.0` are finer, `hy-3d-express` is"
              + " faster",
          "hy-3d-3.1",
          "1 to 60 lower-case letters, digits, dots, hyphens",
          text -> Setting.matching("[a-z0-9.-]{1,60}", text));

  public static final Setting<URI> HUNYUAN_URL =
      url("maquette.hunyuan.url", "the self-hosted Hunyuan3D server", "http://localhost:8081");

  public static final Setting<Boolean> HUNYUAN_TEXTURE =
      Setting.yesOrNo(
          "maquette.hunyuan.texture",
          "Whether the Hunyuan3D server paints models; `false` for a server that was started without"
              + " texture support, which never finishes a job that asks for it",
          true);

  public static final Setting<Optional<Long>> HUNYUAN_SEED =
      new Setting<>(
          "maquette.hunyuan.seed",
          "Seed of the models made there; `random` makes a new one for each submission",
          "random",
          "`random`, or 0 to 4294967295",
          text ->
              text.equals("random")
                  ? Optional.empty()
                  : Optional.of(Setting.between(text, 0L, (1L << 32) - 1)));

  public static final Setting<Optional<Integer>> HUNYUAN_STEPS =
      option("maquette.hunyuan.steps", "Inference steps of the models made there", 1, 200);

  public static final Setting<Optional<Integer>> HUNYUAN_OCTREE_RESOLUTION =
      option(
          "maquette.hunyuan.octree-resolution",
          "Resolution of the surface of the models made there",
          16,
          1024);

  public static final Setting<Optional<Integer>> HUNYUAN_FACES =
      option("maquette.hunyuan.faces", "Most faces of the models made there", 100, 2_000_000);

  public static final Setting<Optional<Double>> HUNYUAN_GUIDANCE =
      new Setting<>(
          "maquette.hunyuan.guidance",
          "Guidance scale of the models made there; `server` leaves it to the server",
          "server",
          "`server`, or 0.1 to 20",
          text ->
              text.equals("server")
                  ? Optional.empty()
                  : Optional.of(Setting.decimal(text, 0.1, 20)));

  public static final Setting<URI> MESHY_URL =
      url("maquette.meshy.url", "Meshy", "https://api.meshy.ai");

  public static final Setting<String> MESHY_KEY =
      Setting.key("maquette.meshy.api-key", "Key at Meshy");

  public static final Setting<String> MESHY_MODEL =
      model(
          "maquette.meshy.model",
          "Model at Meshy; `latest` follows Meshy's newest one",
          "meshy-7.1");

  public static final Setting<URI> SILICONFLOW_URL =
      url("maquette.siliconflow.url", "SiliconFlow", "https://api.siliconflow.cn");

  public static final Setting<String> SILICONFLOW_KEY =
      Setting.key("maquette.siliconflow.api-key", "Key at SiliconFlow");

  public static final Setting<String> SILICONFLOW_MODEL =
      model(
          "maquette.siliconflow.model", "Model for pictures at SiliconFlow", "Kwai-Kolors/Kolors");

  public static final Setting<String> SILICONFLOW_SIZE =
      size("maquette.siliconflow.size", "SiliconFlow; each model has its own list");

  public static final Setting<URI> OPENAI_URL =
      new Setting<>(
          "maquette.openai.url",
          "Address of the OpenAI-compatible server: scheme, host, port and prefix; `/v1` is added"
              + " unless the prefix has a version already, a query (`?api-version=...`) is kept",
          "https://api.openai.com",
          "an http or https address without user and fragment",
          Setting::addressWithQuery);

  public static final Setting<String> OPENAI_KEY =
      Setting.key(
          "maquette.openai.api-key",
          "Key at the OpenAI-compatible server; one that wants none takes any");

  public static final Setting<String> OPENAI_MODEL =
      model("maquette.openai.model", "Model for pictures there", "gpt-image-2.6-flare");

  public static final Setting<String> OPENAI_EDIT_MODEL =
      model(
          "maquette.openai.edit-model",
          "Model for changes to pictures there",
          "gpt-image-2.6-sunburst");

  public static final Setting<String> OPENAI_CHAT_MODEL =
      model("maquette.openai.chat-model", "Model for prompt variants there", "gpt-6-luna");

  public static final Setting<String> OPENAI_SIZE =
      new Setting<>(
          "maquette.openai.size",
          "Size of the pictures asked for there",
          "1024x1024",
          "width x height in pixels, `WxH`",
          ProviderSetting::size);

  public static final Setting<String> OPENAI_QUALITY =
      new Setting<>(
          "maquette.openai.quality",
          "Quality of the pictures asked for there, like `low`, `medium` or `high`; `none` leaves"
              + " the field out",
          "none",
          "1 to 40 lower-case letters, digits, hyphens, underscores",
          text -> Setting.matching("[a-z0-9_-]{1,40}", text));

  public static final Setting<String> OPENAI_RESPONSE_FORMAT =
      Setting.choice(
          "maquette.openai.response-format",
          "How pictures are asked for there: `none` leaves the field out, as the GPT image models"
              + " demand",
          "none",
          Set.of("none", "b64_json", "url"));

  public static final Setting<URI> DASHSCOPE_URL =
      url("maquette.dashscope.url", "DashScope", "https://dashscope.aliyuncs.com");

  public static final Setting<String> DASHSCOPE_KEY =
      Setting.key("maquette.dashscope.api-key", "Key at DashScope");

  public static final Setting<String> DASHSCOPE_MODEL =
      model("maquette.dashscope.model", "Model for pictures at DashScope", "wanx2.1-t2i-turbo");

  public static final Setting<String> DASHSCOPE_SIZE =
      new Setting<>(
          "maquette.dashscope.size",
          "Size of the pictures asked for at DashScope; each model has its own list, `auto` is one"
              + " that the model takes",
          "auto",
          "`auto`, or width x height in pixels, `WxH`",
          text -> text.equals("auto") ? text : size(text));

  /** All settings of this class, in the order of the documentation. */
  static final List<Setting<?>> ALL =
      List.of(
          TENCENT_URL,
          TENCENT_VERSION,
          TENCENT_SECRET_ID,
          TENCENT_SECRET_KEY,
          TENCENT_REGION,
          TENCENT_TIER,
          TOKENHUB_URL,
          TOKENHUB_KEY,
          TOKENHUB_MODEL,
          HUNYUAN_URL,
          HUNYUAN_TEXTURE,
          HUNYUAN_SEED,
          HUNYUAN_STEPS,
          HUNYUAN_OCTREE_RESOLUTION,
          HUNYUAN_FACES,
          HUNYUAN_GUIDANCE,
          MESHY_URL,
          MESHY_KEY,
          MESHY_MODEL,
          SILICONFLOW_URL,
          SILICONFLOW_KEY,
          SILICONFLOW_MODEL,
          SILICONFLOW_SIZE,
          OPENAI_URL,
          OPENAI_KEY,
          OPENAI_MODEL,
          OPENAI_EDIT_MODEL,
          OPENAI_SIZE,
          OPENAI_QUALITY,
          OPENAI_RESPONSE_FORMAT,
          OPENAI_CHAT_MODEL,
          DASHSCOPE_URL,
          DASHSCOPE_KEY,
          DASHSCOPE_MODEL,
          DASHSCOPE_SIZE);

  private ProviderSetting() {}

  private static Setting<URI> url(String name, String whose, String defaultValue) {
    return new Setting<>(
        name,
        "Address of " + whose + ": scheme, host, port and prefix",
        defaultValue,
        "an http or https address without user, query and fragment",
        Setting::address);
  }

  private static Setting<Optional<Integer>> option(
      String name, String meaning, int least, int most) {
    return new Setting<>(
        name,
        meaning + "; `server` leaves it to the server",
        "server",
        "`server`, or " + least + " to " + most,
        text ->
            text.equals("server")
                ? Optional.empty()
                : Optional.of(Setting.between(text, least, most)));
  }

  private static Setting<String> size(String name, String whose) {
    return new Setting<>(
        name,
        "Size of the pictures asked for at " + whose,
        "1024x1024",
        "width x height in pixels, `WxH`",
        ProviderSetting::size);
  }

  private static Setting<String> model(String name, String meaning, String defaultValue) {
    return new Setting<>(
        name,
        meaning,
        defaultValue,
        "1 to 200 visible ASCII characters",
        text -> Setting.matching("[!-~]{1,200}", text));
  }

  private static String size(String text) {
    return Setting.matching("[1-9][0-9]{1,4}x[1-9][0-9]{1,4}", text);
  }
}
