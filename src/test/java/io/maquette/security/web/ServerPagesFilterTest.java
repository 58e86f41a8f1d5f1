package io.maquette.security.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerPagesFilterTest {

  @Test
  void only_statuses_are_left_of_a_health_answer() {
    assertThat(
            ServerPagesFilter.withoutData(
                "{\"status\":\"DOWN\",\"secret\":1,\"checks\":[{\"name\":\"workers\",\"status\":\"UP\","
                    + "\"data\":{\"node\":\"vm-1\"}},{\"name\":\"database\",\"status\":\"DOWN\"}]}"))
        .isEqualTo(
            "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"workers\",\"status\":\"UP\"},"
                + "{\"name\":\"database\",\"status\":\"DOWN\"}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "7", "vm-1", "{\"checks\":[]}", "{\"status\":\"UP\",\"checks\":[7]}"})
  void nothing_is_left_of_an_answer_of_another_form(String answer) {
    assertThat(ServerPagesFilter.withoutData(answer)).isEmpty();
  }
}
