package io.maquette.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.GeneratedSection;
import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.provider.comfyui.ComfyUiModelProvider;
import io.maquette.provider.dashscope.DashScopeImageProvider;
import io.maquette.provider.hunyuan.HunyuanModelProvider;
import io.maquette.provider.meshy.MeshyModelProvider;
import io.maquette.provider.openai.OpenAiImageProvider;
import io.maquette.provider.siliconflow.SiliconFlowImageProvider;
import io.maquette.provider.tencent.TencentModelProvider;
import io.maquette.provider.tokenhub.TokenHubModelProvider;
import io.maquette.provider.tripo.TripoModelProvider;
import io.maquette.studio.LocalImageProvider;
import io.maquette.studio.LocalModelProvider;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitiesTest {

  private static final List<Class<? extends ImageProvider>> OF_PICTURES =
      List.of(
          LocalImageProvider.class,
          SiliconFlowImageProvider.class,
          OpenAiImageProvider.class,
          DashScopeImageProvider.class);

  private static final List<Class<? extends ModelProvider>> OF_MODELS =
      List.of(
          LocalModelProvider.class,
          HunyuanModelProvider.class,
          ComfyUiModelProvider.class,
          MeshyModelProvider.class,
          TokenHubModelProvider.class,
          TripoModelProvider.class,
          TencentModelProvider.class);

  private static Settings settings(Map<String, String> values) {
    return Settings.read(name -> Optional.ofNullable(values.get(name)));
  }

  /** Creates a provider that has settings, but neither client nor store. */
  private static <T> T create(Class<T> type, Settings settings) {
    try {
      Constructor<?> constructor =
          Arrays.stream(type.getDeclaredConstructors())
              .filter(one -> one.isAnnotationPresent(Inject.class))
              .findFirst()
              .orElse(type.getDeclaredConstructors()[0]);
      constructor.setAccessible(true);
      return type.cast(
          constructor.newInstance(
              Arrays.stream(constructor.getParameterTypes())
                  .map(needed -> needed == Settings.class ? settings : null)
                  .toArray()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ImageCapabilities pictures(
      Class<? extends ImageProvider> type, Setting<?> setting, String value) {
    return create(type, settings(Map.of(setting.name(), value))).capabilities();
  }

  @Test
  void the_page_of_providers_has_the_capabilities_of_each() throws IOException {
    Settings defaults = settings(Map.of());
    GeneratedSection.check(
        Path.of("docs/providers.md"),
        "capabilities",
        "| pictures | aspect ratios | qualities | negative prompt | seed | pictures a request |\n"
            + "| --- | --- | --- | --- | --- | --- |\n"
            + OF_PICTURES.stream()
                .map(type -> create(type, defaults))
                .map(provider -> row(provider.name(), provider.capabilities()))
                .collect(Collectors.joining())
            + "\n| models | input, views | faces | topology | texture, PBR | seed | formats | forms"
            + " | cost |\n"
            + "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
            + OF_MODELS.stream()
                .map(type -> create(type, defaults))
                .map(provider -> row(provider.name(), provider.capabilities()))
                .collect(Collectors.joining()));
  }

  private static String row(String name, ImageCapabilities all) {
    return cells(
        name,
        words(
            all.sizes().entrySet().stream()
                .map(size -> size.getKey() + " (" + size.getValue() + ")")
                .toList()),
        words(all.qualities()),
        yes(all.negativePrompt()),
        words(all.seed()),
        String.valueOf(all.count()));
  }

  private static String row(String name, ModelCapabilities all) {
    return cells(
        name,
        words(all.inputs().kinds()) + ", " + words(all.inputs().views()),
        words(all.mesh().faces()),
        words(all.mesh().topologies()),
        words(
            Stream.of(all.surface().texture() ? "texture" : "", all.surface().pbr() ? "PBR" : "")
                .filter(option -> !option.isEmpty())
                .toList()),
        words(all.seed()),
        words(all.mesh().formats()),
        words(all.forms()),
        all.cost() == CostBasis.FREE ? "free" : "credits per job");
  }

  private static String cells(String... cells) {
    return Arrays.stream(cells)
            .map(cell -> cell.isEmpty() ? " " : " " + cell + " ")
            .collect(Collectors.joining("|", "|", "|"))
        + "\n";
  }

  private static String yes(boolean is) {
    return is ? "yes" : "";
  }

  private static String words(Collection<String> values) {
    return String.join(", ", values);
  }

  private static String words(Optional<NumberRange> range) {
    return range
        .map(one -> String.format(Locale.ROOT, "%,d to %,d", one.min(), one.max()))
        .orElse("");
  }

  @Test
  void the_options_of_dashscope_depend_on_the_model() {
    assertThat(
            pictures(DashScopeImageProvider.class, ProviderSetting.DASHSCOPE_MODEL, "wan2.6-t2i"))
        .satisfies(
            wan -> {
              assertThat(wan.sizes()).containsEntry("1:1", "1280x1280");
              assertThat(wan.negativePrompt()).isTrue();
              assertThat(wan.count()).isEqualTo(4);
            });
    assertThat(
            pictures(DashScopeImageProvider.class, ProviderSetting.DASHSCOPE_MODEL, "z-image-turbo")
                .negativePrompt())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wan2.5-t2i-preview", "wan2.6-t2i"})
  void every_size_is_within_the_limits_of_the_large_models(String model) {
    assertThat(
            pictures(DashScopeImageProvider.class, ProviderSetting.DASHSCOPE_MODEL, model)
                .sizes()
                .values())
        .hasSize(5)
        .allSatisfy(
            size -> {
              int at = size.indexOf('x');
              int pixels =
                  Integer.parseInt(size.substring(0, at))
                      * Integer.parseInt(size.substring(at + 1));
              assertThat(pixels).isBetween(1280 * 1280, 1440 * 1440);
            });
  }

  @Test
  void a_model_of_a_compatible_server_has_no_options() {
    assertThat(pictures(OpenAiImageProvider.class, ProviderSetting.OPENAI_MODEL, "flux.1-dev"))
        .isEqualTo(ImageCapabilities.NONE);
    assertThat(
            pictures(OpenAiImageProvider.class, ProviderSetting.OPENAI_MODEL, "x/gpt-image-3")
                .qualities())
        .containsExactly("low", "medium", "high");
  }

  @Test
  void the_express_model_of_tokenhub_has_no_choice_of_faces() {
    ModelCapabilities express =
        create(
                TokenHubModelProvider.class,
                settings(Map.of(ProviderSetting.TOKENHUB_MODEL.name(), "hy-3d-express")))
            .capabilities();
    assertThat(express.mesh().faces()).isEmpty();
    assertThat(express.surface()).isEqualTo(new ModelCapabilities.Surface(false, true));
  }
}
