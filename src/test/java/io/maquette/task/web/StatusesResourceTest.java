package io.maquette.task.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.maquette.http.Messages;
import io.maquette.task.TaskStatus;
import io.maquette.task.web.StatusesResource.ScreenView;
import io.maquette.task.web.StatusesResource.StatusView;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusesResourceTest {

  private static final List<StatusView> CHINESE =
      StatusesResource.catalogue(Messages.accepting("zh"));
  private static final List<StatusView> ENGLISH =
      StatusesResource.catalogue(Messages.accepting("en"));

  @Test
  void every_status_is_listed_once_in_order() {
    assertThat(CHINESE)
        .extracting(StatusView::status)
        .containsExactlyElementsOf(Arrays.stream(TaskStatus.values()).map(Enum::name).toList());
    assertThat(CHINESE).allSatisfy(status -> assertThat(status.screens()).isNotEmpty());
  }

  @Test
  void the_screens_have_the_texts_of_the_contract() {
    assertThat(CHINESE.stream().flatMap(status -> status.screens().stream()))
        .extracting(
            ScreenView::modelStatus,
            ScreenView::failedStage,
            ScreenView::caption,
            ScreenView::hint,
            ScreenView::button,
            ScreenView::buttonEnabled)
        .containsExactly(
            tuple(null, null, null, "任务队列中，等待处理", "生成3D模型", false),
            tuple(null, null, "AI正在创作 X/4", "正在生成 X/4 张图片", "生成3D模型", false),
            tuple(null, null, null, "选择一张图片生成3D模型", "生成3D模型", true),
            tuple(null, null, null, "正在修改图片，原图会保留", "生成3D模型", false),
            tuple("PENDING", null, null, "准备生成模型...", "生成3D模型", false),
            tuple("PENDING", null, null, "等待处理 0%", "生成3D模型", false),
            tuple("GENERATING", null, null, "生成中 N%", "生成3D模型", false),
            tuple("COMPLETED", null, null, "100%", "下载模型", true),
            tuple(null, "IMAGE", "图片生成失败：", null, "重新生成图片", true),
            tuple("FAILED", "MODEL", "模型生成失败：", null, "重新生成3D模型", true),
            tuple(null, null, "已取消", null, "新任务", true));
  }

  @Test
  void every_chinese_text_has_an_english_one() {
    for (int i = 0; i < CHINESE.size(); i++) {
      for (int j = 0; j < CHINESE.get(i).screens().size(); j++) {
        ScreenView chinese = CHINESE.get(i).screens().get(j);
        ScreenView english = ENGLISH.get(i).screens().get(j);
        assertThat(english.caption() == null).isEqualTo(chinese.caption() == null);
        assertThat(english.hint() == null).isEqualTo(chinese.hint() == null);
        assertThat(english.button()).doesNotContainPattern("\\p{IsHan}");
      }
    }
  }

  @Test
  void delete_is_always_allowed_and_cancel_while_a_worker_acts() {
    for (StatusView status : CHINESE) {
      assertThat(status.allowedActions()).contains("DELETE");
      assertThat(status.allowedActions().contains("CANCEL")).isEqualTo(status.inProgress());
    }
  }
}
