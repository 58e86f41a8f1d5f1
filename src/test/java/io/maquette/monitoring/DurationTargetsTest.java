package io.maquette.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.config.InvalidSettingsException;
import io.maquette.config.Settings;
import io.maquette.task.TaskStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTargetsTest {

  private static DurationTargets with(String text) {
    Map<String, String> set = Map.of("maquette.dwell.targets", text);
    return new DurationTargets(Settings.read(name -> Optional.ofNullable(set.get(name))));
  }

  @Test
  void a_target_of_one_provider_leaves_the_others_unchanged() {
    DurationTargets targets = with("MODEL_GENERATING@tencent=PT4M,IMAGE_PENDING=PT30S");
    assertThat(targets.of(TaskStatus.MODEL_GENERATING, "tencent")).isEqualTo(Duration.ofMinutes(4));
    assertThat(targets.of(TaskStatus.MODEL_GENERATING, "meshy")).isEqualTo(Duration.ofMinutes(8));
    assertThat(targets.of(TaskStatus.IMAGE_PENDING, "local")).isEqualTo(Duration.ofSeconds(30));
    assertThat(targets.shortest())
        .containsEntry(TaskStatus.MODEL_GENERATING, Duration.ofMinutes(4))
        .containsOnlyKeys(
            TaskStatus.IMAGE_PENDING,
            TaskStatus.IMAGE_GENERATING,
            TaskStatus.IMAGE_EDITING,
            TaskStatus.MODEL_PENDING,
            TaskStatus.MODEL_GENERATING);
    assertThat(targets.providerOf(TaskStatus.IMAGE_PENDING, "-")).isEqualTo("local");
    assertThat(targets.providerOf(TaskStatus.MODEL_PENDING, null)).isEqualTo("-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IMAGE_COMPLETED=PT1M", // this status waits for the user
        "IMAGE_PENDING",
        "IMAGE_PENDING=0",
        "IMAGE_PENDING=PT0.5S",
        "IMAGE_PENDING=P8D",
        "IMAGE_PENDING=PT1M,IMAGE_PENDING=PT2M",
        "IMAGE_PENDING@Nobody=PT1M"
      })
  void an_invalid_target_prevents_the_start(String text) {
    assertThatThrownBy(() -> with(text))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("maquette.dwell.targets");
  }
}
