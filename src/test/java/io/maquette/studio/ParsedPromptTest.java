package io.maquette.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Test that the studio recognises the subject of a sentence, in Chinese and English. */
class ParsedPromptTest {

  private static String read(String sentence) {
    return ParsedPrompt.of(sentence).subjects().stream()
        .map(
            subject ->
                (subject.count() > 1 ? subject.count() + " " : "")
                    + subject.name()
                    + (subject.place() == ParsedPrompt.Place.BESIDE ? "" : " " + subject.place())
                    + subject.colours().stream()
                        .map(colour -> " #%06X".formatted(colour))
                        .collect(Collectors.joining()))
        .collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "一只戴帽子的小猫 | top-hat WORN, cat",
        "a cat with a hat | cat, top-hat WORN",
        "两只蓝色的兔子 | 2 rabbit #3F77C4",
        "three little pigs | 3 pig",
        "a red dragon and a blue robot | dragon #D9443A, robot #3F77C4",
        "拿着胡萝卜的兔子 | carrot HELD, rabbit",
        "an astronaut riding a white horse | astronaut, horse BELOW #DDD8CF",
        "圣诞老人骑着驯鹿 | santa-claus, deer BELOW",
        "月亮下的城堡 | crescent-moon ABOVE, castle",
        "a steampunk owl with brass gears | owl, gear",
        "可爱的小恐龙 | t-rex",
        "wolves | wolf",
        "a mushroom house | mushroom, house",
        "🤖 | robot",
        "一只戴草帽的小猫，圆滚滚的 | womans-hat WORN, cat",
        "red vintage car, like a toy | automobile #D9443A",
        "蘑菇屋，屋顶有白色圆点 | mushroom",
        "胖胖的机器人，举着一朵花 | robot, sunflower HELD",
        "三层高的古塔，飞檐翘角 | japanese-castle",
        "A CUP OF COFFEE | hot-beverage",
        "一隻戴帽子的小貓 | top-hat WORN, cat",
        "三隻蘋果 | 3 red-apple",
        "ａ　ｒｅｄ　ｄｒａｇｏｎ | dragon #D9443A",
        "3 wolves and foxes | 3 wolf, fox",
        "keychain of a guitar | guitar",
      })
  void subjects_are_found_with_their_colours_numbers_and_places(String sentence, String subjects) {
    assertThat(read(sentence)).isEqualTo(subjects);
  }

  @Test
  void colours_materials_and_styles_apply_to_the_whole() {
    assertThat(ParsedPrompt.of("小猫是红色的").colours()).containsExactly(0xD9443A);
    assertThat(ParsedPrompt.of("a mushroom with white thingamajigs").colours()).isEmpty();
    assertThat(ParsedPrompt.of("金色的猫头鹰").material()).isEqualTo(Material.GOLD);
    assertThat(ParsedPrompt.of("a jade elephant").material()).isEqualTo(Material.JADE);
    assertThat(ParsedPrompt.of("浮雕风格的马").style()).isEqualTo(Style.RELIEF);
    assertThat(new LocalPromptVariants().variantsOf("a low-poly fox").get(0))
        .isEqualTo(Style.LOW_POLY.of("a low-poly fox"));
  }

  @Test
  void unknown_words_are_no_subjects() {
    for (String sentence :
        List.of(
            "xyzzy", "嘟嘟嘟囔囔", "<b>", "...", "a very nice one", "卡皮巴拉", "a Glorbnax with frobs")) {
      assertThat(read(sentence)).as(sentence).isEmpty();
    }
  }

  @Test
  void unknown_words_are_noticed_next_to_known_ones() {
    for (String sentence : List.of("a knight holding a sword", "一只卡皮巴拉和小猫", "a cat, xyzzy")) {
      assertThat(ParsedPrompt.of(sentence).hasUnknown()).as(sentence).isTrue();
    }
    for (String sentence : List.of("a cat with a hat", "三只可爱的小猫", "3 tall red robots", "兩隻貓")) {
      assertThat(ParsedPrompt.of(sentence).hasUnknown()).as(sentence).isFalse();
    }
  }

  @Test
  void a_prompt_names_the_form_of_its_model() {
    assertThat(ParsedPrompt.of("keychain of a guitar").form()).isEqualTo(Sculpting.Form.KEYCHAIN);
    assertThat(ParsedPrompt.of("小猫鑰匙扣").form()).isEqualTo(Sculpting.Form.KEYCHAIN);
    assertThat(ParsedPrompt.of("a medal with a lion").form()).isEqualTo(Sculpting.Form.COIN);
    assertThat(ParsedPrompt.of("a snowman ornament").form()).isEqualTo(Sculpting.Form.ORNAMENT);
    assertThat(ParsedPrompt.of("a dragon with a coin").form()).isNull();
  }

  @Test
  void the_number_of_subjects_is_limited() {
    ParsedPrompt wish = ParsedPrompt.of("five cats, five dogs, a fox");
    assertThat(wish.subjects().stream().mapToInt(ParsedPrompt.Subject::count).sum())
        .isEqualTo(ParsedPrompt.MAX_SUBJECTS);
  }

  @Test
  void every_pictogram_can_be_drawn_and_found_by_its_name_in_both_languages() {
    Vocabulary vocabulary = Vocabulary.known();
    assertThat(vocabulary.pictograms()).hasSizeGreaterThan(1_100);
    for (Pictogram pictogram : vocabulary.pictograms().values()) {
      Raster.Bounds bounds = Raster.sketch(pictogram.svg()).bounds();
      assertThat(bounds.width()).as(pictogram.name()).isBetween(2.0, 32.0);
      assertThat(vocabulary.meaning(pictogram.emoji())).isInstanceOf(Meaning.Thing.class);
      assertThat(vocabulary.meaning(pictogram.english().get(0))).as(pictogram.name()).isNotNull();
      assertThat(vocabulary.meaning(pictogram.chinese().get(0))).as(pictogram.name()).isNotNull();
    }
  }
}
