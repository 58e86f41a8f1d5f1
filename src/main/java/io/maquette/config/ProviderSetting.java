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
          "Version of Tencent's interface. The international address needs `2023-09-01`",
          "2025-05-13",
          "a date like 2026-01-31",
          text -> LocalDate.parse(text).toString());

  public static final Setting<String> TENCENT_SECRET_ID =
      new Setting<>(
          "maquette.tencent.secret-id",
          "Secret ID of the account at Tencent",
          "",
          "",
          Function.identity());

  public static final Setting<String> TENCENT_SECRET_KEY =
      Setting.key("maquette.tencent.secret-key", "Secret key of the account at Tencent");

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
          "Edition of Tencent Hunyuan 3D: `rapid` is faster and cheaper, `pro` has more detail",
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
          "Whether the Hunyuan3D server generates textures. Use `false` for a server without"
              + " texture support, which would never finish such a job",
          true);

  public static final Setting<Optional<Long>> HUNYUAN_SEED =
      new Setting<>(
          "maquette.hunyuan.seed",
          "Seed of models of the Hunyuan3D server; `random` = a new seed for each submission",
          "random",
          "`random`, or a whole number from 0 to 4294967295",
          text ->
              text.equals("random")
                  ? Optional.empty()
                  : Optional.of(Setting.between(text, 0L, (1L << 32) - 1)));

  public static final Setting<Optional<Integer>> HUNYUAN_STEPS =
      option("maquette.hunyuan.steps", "Number of inference steps of the Hunyuan3D server", 1, 200);

  public static final Setting<Optional<Integer>> HUNYUAN_OCTREE_RESOLUTION =
      option(
          "maquette.hunyuan.octree-resolution",
          "Octree resolution of models of the Hunyuan3D server",
          16,
          1024);

  public static final Setting<Optional<Integer>> HUNYUAN_FACES =
      option(
          "maquette.hunyuan.faces",
          "Maximum number of faces of models of the Hunyuan3D server",
          100,
          2_000_000);

  public static final Setting<Optional<Double>> HUNYUAN_GUIDANCE =
      new Setting<>(
          "maquette.hunyuan.guidance",
          "Guidance scale of the Hunyuan3D server; `server` = the server's default",
          "server",
          "`server`, or a number from 0.1 to 20",
          text ->
              text.equals("server")
                  ? Optional.empty()
                  : Optional.of(Setting.decimal(text, 0.1, 20)));

  public static final Setting<URI> COMFYUI_URL =
      url("maquette.comfyui.url", "the self-hosted ComfyUI server", "http://localhost:8188");

  public static final Setting<String> COMFYUI_WORKFLOW =
      new Setting<>(
          "maquette.comfyui.workflow",
          "File with the workflow of ComfyUI that makes a model, in ComfyUI's API format and with"
              + " named inputs",
          "",
          "a path",
          Function.identity());

  public static final Setting<URI> MESHY_URL =
      url("maquette.meshy.url", "Meshy", "https://api.meshy.ai");

  public static final Setting<String> MESHY_KEY =
      Setting.key("maquette.meshy.api-key", "API key at Meshy");

  public static final Setting<String> MESHY_MODEL =
      model(
          "maquette.meshy.model",
          "Model at Meshy; `latest` follows Meshy's newest one",
          "meshy-7.1");

  public static final Setting<URI> TRIPO_URL =
      url("maquette.tripo.url", "Tripo", "https://openapi.tripo3d.ai");

  public static final Setting<String> TRIPO_KEY =
      Setting.key("maquette.tripo.api-key", "API key at Tripo");

  public static final Setting<String> TRIPO_MODEL =
      model(
          "maquette.tripo.model",
          "Model at Tripo. Names that begin with `P` make models with few faces",
          "v3.1-20260211");

  public static final Setting<URI> SILICONFLOW_URL =
      url("maquette.siliconflow.url", "SiliconFlow", "https://api.siliconflow.cn");

  public static final Setting<String> SILICONFLOW_KEY =
      Setting.key("maquette.siliconflow.api-key", "API key at SiliconFlow");

  public static final Setting<String> SILICONFLOW_MODEL =
      model("maquette.siliconflow.model", "Image model at SiliconFlow", "Kwai-Kolors/Kolors");

  public static final Setting<String> SILICONFLOW_SIZE =
      size("maquette.siliconflow.size", "SiliconFlow, where each model has its own list");

  public static final Setting<URI> OPENAI_URL =
      new Setting<>(
          "maquette.openai.url",
          "URL of the OpenAI-compatible server: scheme, host, port and prefix. `/v1` is appended"
              + " unless the prefix has a version. A query (`?api-version=...`) is kept",
          "https://api.openai.com",
          "an http or https address without user and fragment",
          Setting::addressWithQuery);

  public static final Setting<String> OPENAI_KEY =
      Setting.key(
          "maquette.openai.api-key",
          "API key at the OpenAI-compatible server. For a server without keys, set any value");

  public static final Setting<String> OPENAI_MODEL =
      model(
          "maquette.openai.model",
          "Image model at the OpenAI-compatible server",
          "gpt-image-2.6-flare");

  public static final Setting<String> OPENAI_EDIT_MODEL =
      model(
          "maquette.openai.edit-model",
          "Model for picture edits at the OpenAI-compatible server",
          "gpt-image-2.6-sunburst");

  public static final Setting<String> OPENAI_CHAT_MODEL =
      model(
          "maquette.openai.chat-model",
          "Chat model for prompt variants at the OpenAI-compatible server",
          "gpt-6-luna");

  public static final Setting<String> OPENAI_SIZE =
      new Setting<>(
          "maquette.openai.size",
          "Size of pictures at the OpenAI-compatible server",
          "1024x1024",
          "width x height in pixels, `WxH`",
          ProviderSetting::size);

  public static final Setting<String> OPENAI_QUALITY =
      new Setting<>(
          "maquette.openai.quality",
          "Quality of pictures at the OpenAI-compatible server, such as `low`, `medium` or"
              + " `high`; `none` = the field is not sent",
          "none",
          "1 to 40 lower-case letters, digits, hyphens, underscores",
          text -> Setting.matching("[a-z0-9_-]{1,40}", text));

  public static final Setting<String> OPENAI_RESPONSE_FORMAT =
      Setting.choice(
          "maquette.openai.response-format",
          "Response format of pictures at the OpenAI-compatible server; `none` = the field is not"
              + " sent, which the GPT image models require",
          "none",
          Set.of("none", "b64_json", "url"));

  public static final Setting<URI> DASHSCOPE_URL =
      url("maquette.dashscope.url", "DashScope", "https://dashscope.aliyuncs.com");

  public static final Setting<String> DASHSCOPE_KEY =
      Setting.key("maquette.dashscope.api-key", "API key at DashScope");

  public static final Setting<String> DASHSCOPE_MODEL =
      model("maquette.dashscope.model", "Image model at DashScope", "wanx2.1-t2i-turbo");

  public static final Setting<String> DASHSCOPE_SIZE =
      new Setting<>(
          "maquette.dashscope.size",
          "Size of pictures at DashScope, where each model has its own list; `auto` = a size that"
              + " the model accepts",
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
          COMFYUI_URL,
          COMFYUI_WORKFLOW,
          MESHY_URL,
          MESHY_KEY,
          MESHY_MODEL,
          TRIPO_URL,
          TRIPO_KEY,
          TRIPO_MODEL,
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
        "URL of " + whose + ": scheme, host, port and prefix",
        defaultValue,
        "an http or https address without user, query and fragment",
        Setting::address);
  }

  private static Setting<Optional<Integer>> option(
      String name, String meaning, int least, int most) {
    return new Setting<>(
        name,
        meaning + "; `server` = the server's default",
        "server",
        "`server`, or a whole number from " + least + " to " + most,
        text ->
            text.equals("server")
                ? Optional.empty()
                : Optional.of(Setting.between(text, least, most)));
  }

  private static Setting<String> size(String name, String whose) {
    return new Setting<>(
        name,
        "Size of pictures at " + whose,
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
