package io.maquette.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.config.ProviderSetting;
import io.maquette.it.simulator.OpenAiSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.Simulator.Received;
import io.maquette.provider.Notes;
import io.maquette.provider.Retirement;
import io.maquette.provider.Retirements;
import io.maquette.provider.openai.OpenAiModelsClient;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Test of announced retirements over the wire, with valid and odd headers. */
class RetirementHeadersTest {

  private static final String DATE = "Wed, 11 Nov 2026 23:59:59 GMT";

  private final Notes notes = new Notes(Clock.systemUTC());
  private final Retirements retirements = new Retirements(notes);
  private final OpenAiSimulator simulator = new OpenAiSimulator();
  private final OpenAiModelsClient client =
      RestClients.builder(URI.create(simulator.url() + "/v1"), 2_000, 2_000)
          .register(
              new RetirementHeaders(
                  retirements, ProviderSetting.OPENAI_MODEL, ProviderSetting.OPENAI_EDIT_MODEL))
          .build(OpenAiModelsClient.class);

  @AfterEach
  void close() {
    simulator.close();
  }

  /** Makes a call whose answer has these headers, each as "name: value". */
  private List<Retirement> read(String... headers) {
    simulator.next(
        this::isAny,
        (exchange, usual) -> {
          for (String header : headers) {
            int colon = header.indexOf(": ");
            exchange
                .getResponseHeaders()
                .add(header.substring(0, colon), header.substring(colon + 2));
          }
          Simulator.instead(Answer.json(200, "{\"data\":[]}")).strike(exchange, usual);
        });
    assertThat(client.list("Bearer x").data()).isEmpty();
    return retirements.list();
  }

  private boolean isAny(Received request) {
    return true;
  }

  private static Retirement retirement(String deprecatedAt, String retiresAt) {
    return retirement(deprecatedAt, retiresAt, null, null);
  }

  private static Retirement retirement(
      String deprecatedAt, String retiresAt, String successor, String documentation) {
    return new Retirement(
        "openai",
        "maquette.openai.model, maquette.openai.edit-model",
        deprecatedAt == null ? null : Instant.parse(deprecatedAt),
        retiresAt == null ? null : Instant.parse(retiresAt),
        successor,
        documentation);
  }

  @Test
  void an_answer_without_such_headers_announces_nothing() {
    assertThat(read("Link: <https://ai.example/2>; rel=\"next\"", "Date: " + DATE)).isEmpty();
    assertThat(notes.list()).isEmpty();
  }

  @Test
  void deprecation_and_sunset_are_kept_with_successor_and_documentation() {
    assertThat(
            read(
                "deprecation: @1688169599",
                "SUNSET: " + DATE,
                "Link: <https://ai.example/next>; rel=\"next\", <https://ai.example/old, really>;"
                    + " title=\"a, b; rel=deprecation\"; REL=\"sunset deprecation\"",
                "Link: </v2/models>;rel=successor-version"))
        .containsExactly(
            retirement(
                "2023-06-30T23:59:59Z",
                "2026-11-11T23:59:59Z",
                simulator.url() + "/v2/models",
                null));
  }

  @Test
  void a_page_about_the_deprecation_is_kept() {
    assertThat(
            read(
                "Deprecation: @1688169599",
                "Link: <https://ai.example/a>; rel=\"sunset\","
                    + " <https://ai.example/b>; rel=\"deprecation\"; type=\"text/html\""))
        .containsExactly(retirement("2023-06-30T23:59:59Z", null, null, "https://ai.example/b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "true | -",
        "TRUE | -",
        "?1 | -",
        "Wed, 11 Nov 2026 23:59:59 GMT | 2026-11-11T23:59:59Z",
        "@1790000000 | 2026-09-21T14:13:20Z"
      })
  void a_deprecation_is_read_in_all_forms_of_the_standard_and_its_drafts(
      String value, String deprecatedAt) {
    assertThat(read("Deprecation: " + value)).containsExactly(retirement(deprecatedAt, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Deprecation | false",
        "Deprecation | ?0",
        "Deprecation | @",
        "Deprecation | @-1",
        "Deprecation | @1e9",
        "Deprecation | @99999999999999999999",
        "Deprecation | @999999999999",
        "Deprecation | @1.5",
        "Deprecation | 1688169599",
        "Deprecation | Mon, 99 Foo 2026 25:61:61 GMT",
        "Deprecation | version=\"v1\", date=\"soon\"",
        "Sunset | soon",
        "Sunset | 2026-11-11",
        "Sunset | 0",
        "Sunset | Wed, 11 Nov 1926 23:59:59 GMT",
        "Sunset | Mon, 11 Nov 2026 23:59:59 GMT",
        "Link | <https://ai.example/a>; rel=\"deprecation\""
      })
  void what_cannot_be_read_announces_nothing(String name, String value) {
    assertThat(read(name + ": " + value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<",
        "<>",
        "<https://ai.example/a",
        "https://ai.example/a; rel=sunset",
        "<https://ai.example/a>; rel=\"sunset",
        "<https://ai.example/a>; rel",
        "<javascript:alert(1)>; rel=sunset",
        "<file:///etc/passwd>; rel=sunset",
        "<https://me:secret@ai.example/a>; rel=sunset",
        "<https://[::>; rel=sunset",
        "<https:///a>; rel=sunset",
        ",,,;;;===\"\"\""
      })
  void a_link_that_cannot_be_read_does_not_hide_the_date(String link) {
    assertThat(read("Sunset: " + DATE, "Link: " + link))
        .containsExactly(retirement(null, "2026-11-11T23:59:59Z"));
  }

  @Test
  void a_very_long_header_is_read_quickly() {
    long before = System.nanoTime();
    read("Deprecation: true", "Link: " + "<a>;b=\"c\",".repeat(3_000) + "<".repeat(5_000));
    read("Deprecation: true", "Link: <a>" + "; rel= ".repeat(5_000));
    assertThat(System.nanoTime() - before).isLessThan(10_000_000_000L);
    assertThat(retirements.list()).containsExactly(retirement(null, null));
  }

  @Test
  void secrets_in_an_address_are_masked() {
    assertThat(
            read("Sunset: " + DATE, "Link: <https://ai.example/a?api_key=abc123def>; rel=sunset"))
        .singleElement()
        .satisfies(
            one -> assertThat(one.documentation()).isEqualTo("https://ai.example/a?api_key=***"));
  }

  @Test
  void later_answers_complete_the_announcement_and_the_note_has_it() {
    read("Deprecation: true");
    read("Sunset: " + DATE);
    read("Deprecation: @1688169599");
    assertThat(read()).containsExactly(retirement("2023-06-30T23:59:59Z", "2026-11-11T23:59:59Z"));
    assertThat(new ArrayList<>(notes.list()))
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.subject()).isEqualTo("retirements");
              assertThat(note.words())
                  .isEqualTo(
                      "openai retires the model or interface set by maquette.openai.model, maquette.openai.edit-model"
                          + " at 2026-11-11T23:59:59Z");
            });
  }
}
