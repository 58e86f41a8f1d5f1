package io.maquette.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderWordsTest {

  @Test
  void a_key_is_masked_in_every_place() {
    assertThat(new ProviderWords("abcdefgh").of("xabcdefghy", "z abcdefgh"))
        .isEqualTo("x***y, z ***");
  }

  @Test
  void a_short_key_is_masked_only_as_a_whole_word() {
    ProviderWords words = new ProviderWords("none");
    assertThat(words.of("nonexistent none", "key 'none'")).isEqualTo("nonexistent ***, key '***'");
    assertThat(new ProviderWords("a").of("a cat is an animal")).isEqualTo("*** cat is an animal");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Authorization: Bearer abc.def-123 was refused | Authorization: Bearer *** was refused",
        "bearer abcd1234 | bearer ***",
        "{\"api_key\":\"abcd1234\",\"a\":1} | {\"api_key\":\"***\",\"a\":1}",
        "apikey=abcd1234&x=1 | apikey=***&x=1",
        "access_token=abcd1234 | access_token=***",
        "secretId: abcd1234 | secretId: ***",
        "password=hunter22 | password=***",
        "https://h/p?x-amz-signature=00ff00ff&y=1 | https://h/p?x-amz-signature=***&y=1",
        "https://h/p?sig=00ff00ff | https://h/p?sig=***",
        "Incorrect key: sk-proj-abcdefgh12 | Incorrect key: ***",
        "AKIDabcdefghij0123 is wrong | *** is wrong",
        "jwt eyJhbGciOiJI.eyJzdWIi.c2ln | jwt ***",
        "the token is invalid | the token is invalid",
        "a key has expired | a key has expired",
        "Invalid token: expired | Invalid token: expired",
        "Incorrect API key provided | Incorrect API key provided"
      })
  void text_that_looks_like_a_secret_is_masked(String said, String expected) {
    assertThat(new ProviderWords("").of(said)).isEqualTo(expected);
  }

  @Test
  void a_log_line_is_short_and_has_no_control_characters() {
    String line = new ProviderWords("").of("a\r\n\tb\u0000c", null, " ", "x".repeat(1000));
    assertThat(line).startsWith("a b c, xxx").hasSize(ProviderWords.MAX).endsWith("…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ab", "abc", " a  "})
  void a_short_key_is_refused_by_its_setting(String key) {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                RequiredKey.check(
                    key, ProviderSetting.OPENAI_KEY, Setting.IMAGE_PROVIDER, "openai"))
        .withMessage(
            "maquette.openai.api-key is too short: it must have at least 4 characters. If openai"
                + " requires no key, set any word");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "EMPTY", "ollama", "sk-0123456789"})
  void short_keys_of_local_servers_are_accepted(String key) {
    RequiredKey.check(key, ProviderSetting.OPENAI_KEY, Setting.IMAGE_PROVIDER, "openai");
  }
}
