package io.maquette.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetirementsTest {

  private static final Instant END = Instant.parse("2027-01-14T00:00:00Z");

  private static final Retirement CHAT =
      new Retirement(
          "openai", "maquette.openai.chat-model", null, END, "gpt-6-luna", "https://ai.example");

  private final Notes notes = new Notes(Clock.systemUTC());
  private final Retirements retirements = new Retirements(notes);
  private final LogBook log = new LogBook();

  @AfterEach
  void close() {
    log.close();
  }

  private static Provider announcing(List<Retirement> announced) {
    return new Provider() {
      @Override
      public String name() {
        return "openai";
      }

      @Override
      public List<Retirement> announcedRetirements() {
        return announced;
      }
    };
  }

  private static Provider failing() {
    return new Provider() {
      @Override
      public String name() {
        return "broken";
      }

      @Override
      public List<Retirement> announcedRetirements() throws ProviderException {
        throw new ProviderException(Problem.UNAVAILABLE, "no");
      }
    };
  }

  private long lines() {
    return log.text()
        .lines()
        .filter(line -> line.startsWith("WARNING"))
        .filter(line -> line.contains("maquette.openai.chat-model at 2027-01-14"))
        .count();
  }

  @Test
  void a_check_asks_all_providers_and_skips_those_that_fail() {
    retirements.check(List.of(failing(), announcing(List.of(CHAT)), announcing(List.of())));
    assertThat(retirements.list()).containsExactly(CHAT);
    assertThat(retirements.of("openai")).containsExactly(CHAT);
    assertThat(retirements.of("meshy")).isEmpty();
  }

  @Test
  void the_log_has_a_line_for_a_new_announcement_and_one_for_each_later_check() {
    List<Provider> providers = List.of(announcing(List.of(CHAT)));
    for (int day = 1; day <= 3; day++) {
      retirements.check(providers);
      assertThat(lines()).isEqualTo(day);
    }
    assertThat(log.text())
        .contains(
            "openai retires the model or interface set by ",
            "; successor: gpt-6-luna; see https://ai.example");
  }

  @Test
  void a_date_that_changes_with_each_answer_does_not_flood_the_log() {
    for (int second = 0; second < 50; second++) {
      retirements.add(
          new Retirement("openai", CHAT.setting(), null, END.plusSeconds(second), null, null));
    }
    assertThat(lines()).isEqualTo(1);
    assertThat(retirements.list().get(0).retiresAt()).isEqualTo(END.plusSeconds(49));
  }

  @Test
  void the_note_lists_every_announcement() {
    retirements.add(CHAT);
    retirements.add(
        new Retirement("meshy", "maquette.meshy.model", Instant.EPOCH, null, null, null));
    assertThat(notes.list())
        .singleElement()
        .satisfies(
            note ->
                assertThat(note.words())
                    .isEqualTo(
                        "meshy deprecates the model or interface set by maquette.meshy.model; "
                            + CHAT.words()));
  }
}
