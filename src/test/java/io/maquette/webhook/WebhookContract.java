package io.maquette.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.cluster.LocalNode;
import io.maquette.config.Settings;
import io.maquette.security.NotThereException;
import io.maquette.task.TaskDatabase;
import io.maquette.task.TaskDatabase.Heart;
import io.maquette.task.TaskEvent;
import io.maquette.webhook.Deliveries.OutgoingMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contract of the outbox and the queue of deliveries, for every database. */
abstract class WebhookContract {

  private static final DeliveryResponse ACCEPTED = new DeliveryResponse(204, "", null);
  private static final DeliveryResponse BROKEN = new DeliveryResponse(500, "broken", null);

  private final Map<String, String> settings = new HashMap<>();

  abstract TaskDatabase database();

  @BeforeEach
  void clear() throws Exception {
    database().clear();
    database().sql("delete from webhook_delivery");
    database().sql("delete from webhook");
    settings.clear();
    settings.put("maquette.webhook.retry-delay", "PT0.05S");
  }

  private Outbox outbox(Heart heart) {
    return new Outbox(heart.entities(), heart.log(), database().clock());
  }

  private Webhooks webhooks(Heart heart) {
    return new Webhooks(heart.entities(), null, database().clock());
  }

  private Deliveries deliveries(Heart heart, String node) {
    return new Deliveries(
        heart.entities(),
        database().clock(),
        new LocalNode(node, false),
        Settings.read(name -> Optional.ofNullable(settings.get(name))));
  }

  private Webhooks.WithSecret hook(String owner) throws Exception {
    return database()
        .call(
            heart ->
                webhooks(heart)
                    .create(
                        owner, "https://receiver.example/", EnumSet.allOf(TaskEvent.Type.class)));
  }

  private UUID task(String owner) throws Exception {
    return database().call(heart -> heart.service().create(owner, "a cat", null)).id();
  }

  private void cancel(String owner, UUID id) throws Exception {
    database().run(heart -> heart.service().cancel(owner, id));
  }

  private void fill() throws Exception {
    database().run(heart -> outbox(heart).fill());
  }

  private List<OutgoingMessage> claim(String node) throws Exception {
    return claim(node, 10);
  }

  private List<OutgoingMessage> claim(String node, int mostEach) throws Exception {
    return database().call(heart -> deliveries(heart, node).claim(10, Map.of(), mostEach));
  }

  private void answered(OutgoingMessage message, DeliveryResponse answer) throws Exception {
    database().run(heart -> deliveries(heart, "north").answered(message, answer));
  }

  private List<Delivery> log(Webhooks.WithSecret hook) throws Exception {
    return database().call(heart -> webhooks(heart).deliveries(hook.webhook().id(), null));
  }

  private Webhook state(Webhooks.WithSecret hook) throws Exception {
    return database().call(heart -> webhooks(heart).find(hook.webhook().id()));
  }

  private void makeDue() throws Exception {
    database()
        .sql(
            "update webhook_delivery set due_at = due_at - interval '1' hour where due_at is not"
                + " null");
    database()
        .sql(
            "update webhook set quiet_until = quiet_until - interval '1' hour where quiet_until is"
                + " not null");
  }

  @Test
  void the_signed_message_has_the_documented_bytes() throws Exception {
    hook("dev");
    UUID id = task("dev");
    fill();
    TaskEvent event =
        database().call(heart -> heart.queries().history("dev", id, 1, 0)).items().get(0);
    assertThat(claim("north").get(0).body())
        .isEqualTo(
            "{\"data\":{\"actor\":\"user:dev\",\"attempt\":1,\"detail\":null,\"from\":null,\"id\":"
                + event.id()
                + ",\"imageIndex\":null,\"modelStatus\":null,\"node\":\"node-1\",\"progress\":null,"
                + "\"taskId\":\""
                + id
                + "\",\"to\":\"IMAGE_PENDING\"},\"timestamp\":\""
                + event.at()
                + "\",\"type\":\"task.status_changed\"}");
  }

  @Test
  void each_owner_gets_own_events_once_even_if_the_reader_is_killed() throws Exception {
    Webhooks.WithSecret mine = hook("dev");
    Webhooks.WithSecret others = hook("ada");
    database()
        .sql(
            "insert into webhook (id, url, events, secret, created_at, failures, version) values"
                + " ('00000000-0000-4000-8000-000000000001', 'https://all.example/',"
                + " 'status_changed', 'whsec_AAAA', timestamp with time zone '2020-01-01"
                + " 00:00:00+00', 0, 0)");
    UUID first = task("dev");
    task("ada");
    cancel("dev", first);
    assertThatThrownBy(
            () ->
                database()
                    .run(
                        heart -> {
                          outbox(heart).fill();
                          throw new IllegalStateException("killed");
                        }))
        .hasMessage("killed");
    fill();
    fill();

    assertThat(log(mine)).extracting(Delivery::taskId).containsExactly(first, first);
    assertThat(log(mine)).isSortedAccordingTo((a, b) -> Long.compare(b.eventId(), a.eventId()));
    assertThat(log(others)).hasSize(1);
    // the cancellation waits for the earlier event of its task
    assertThat(claim("north")).hasSize(2 + 2);
  }

  @Test
  void a_row_that_becomes_visible_late_is_delivered() throws Exception {
    Webhooks.WithSecret hook = hook("dev");
    UUID early = task("dev");
    database().sql("update task_event set id = id + 1000000 where task_id = '" + early + "'");
    UUID late = task("dev"); // the later task has the lower event number
    String row = "task_event where task_id = '" + late + "'";
    database().sql("create table away as select * from " + row);
    database().sql("delete from " + row);
    database()
        .sql("update webhook_position set last_read = (select max(id) - 1 from away), gaps = ''");
    try {
      database()
          .sql(
              "update task_event set id = (select max(id) + 3 from away) where task_id = '"
                  + early
                  + "'");
      fill();
      assertThat(log(hook)).extracting(Delivery::taskId).containsExactly(early);
      database().sql("insert into task_event select * from away");
      fill();
      assertThat(log(hook)).extracting(Delivery::taskId).containsExactly(early, late);
    } finally {
      database().sql("drop table away");
    }
  }

  @Test
  void events_of_a_task_are_sent_in_order() throws Exception {
    hook("dev");
    UUID one = task("dev");
    UUID other = task("dev");
    cancel("dev", one);
    fill();
    List<OutgoingMessage> first = claim("north");
    assertThat(first).hasSize(2);
    assertThat(claim("south")).as("they are held").isEmpty();

    answered(first.get(0), ACCEPTED);
    List<OutgoingMessage> next = claim("south");
    assertThat(next).hasSize(1);
    assertThat(Long.parseLong(next.get(0).id())).isGreaterThan(Long.parseLong(first.get(0).id()));
    assertThat(next.get(0).body())
        .contains("\"type\":\"task.status_changed\"", "\"to\":\"CANCELLED\"", one.toString())
        .doesNotContain(other.toString());
  }

  @Test
  void a_result_under_an_expired_lease_changes_nothing() throws Exception {
    Webhooks.WithSecret hook = hook("dev");
    task("dev");
    fill();
    OutgoingMessage held = claim("north").get(0);
    makeDue(); // the lease has expired
    OutgoingMessage again = claim("south").get(0);
    assertThat(again.id()).as("the same message").isEqualTo(held.id());
    answered(held, BROKEN);
    assertThat(state(hook).failingSince()).isNull();
    answered(again, ACCEPTED);
    assertThat(log(hook)).extracting(Delivery::status).containsExactly(Delivery.Status.DELIVERED);
  }

  @Test
  void a_failing_webhook_gets_one_trial_at_a_time_then_is_suspended_and_keeps_its_deliveries()
      throws Exception {
    settings.put("maquette.webhook.suspend-after", "PT30M");
    Webhooks.WithSecret hook = hook("dev");
    for (int i = 0; i < 3; i++) {
      task("dev");
    }
    fill();
    assertThat(claim("north", 2)).as("no more than it may have at once").hasSize(2);
    makeDue();
    List<OutgoingMessage> sent = new ArrayList<>(claim("north"));
    assertThat(sent).hasSize(3);
    for (OutgoingMessage message : sent) {
      answered(message, BROKEN);
    }
    assertThat(claim("north")).as("it is left alone").isEmpty();
    makeDue();
    List<OutgoingMessage> trial = claim("north");
    assertThat(trial).hasSize(1);
    assertThat(claim("south")).as("which is going on").isEmpty();

    database().sql("update webhook set failing_since = failing_since - interval '1' hour");
    answered(trial.get(0), new DeliveryResponse(null, "no route\nto it", null));
    assertThat(state(hook).suspendedAt()).isNotNull();
    assertThat(state(hook).suspendedWhy()).contains("PT30M");
    assertThat(log(hook)).extracting(Delivery::answer).contains("no route to it", "broken");
    makeDue();
    assertThat(claim("north")).isEmpty();
    task("dev");
    fill();
    assertThat(log(hook)).hasSize(4).allMatch(one -> one.status() == Delivery.Status.PENDING);

    database().run(heart -> webhooks(heart).resume("dev", hook.webhook().id()));
    assertThat(claim("south")).hasSize(4);
  }

  @Test
  void a_slow_webhook_does_not_delay_the_others() throws Exception {
    Webhooks.WithSecret slow = hook("dev");
    Webhooks.WithSecret quick = hook("dev");
    task("dev");
    task("dev");
    fill();
    Map<UUID, Integer> busy = Map.of(slow.webhook().id(), 4);
    List<OutgoingMessage> taken =
        database().call(heart -> deliveries(heart, "north").claim(2, busy, 4));
    assertThat(taken).hasSize(2).allMatch(one -> one.webhook().equals(quick.webhook().id()));
  }

  @Test
  void a_refused_delivery_is_given_up_and_can_be_sent_again() throws Exception {
    settings.put("maquette.webhook.retry-for", "PT30M");
    Webhooks.WithSecret hook = hook("dev");
    task("dev");
    fill();
    answered(claim("north").get(0), new DeliveryResponse(429, "slow down", Duration.ofMinutes(20)));
    assertThat(Duration.between(database().clock().instant(), log(hook).get(0).dueAt()))
        .isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
    database()
        .sql("update webhook_delivery set first_tried_at = first_tried_at - interval '1' hour");
    makeDue();
    answered(claim("north").get(0), BROKEN);
    Delivery given = log(hook).get(0);
    assertThat(given.status()).isEqualTo(Delivery.Status.FAILED);
    assertThat(given.attempts()).isEqualTo(2);
    assertThat(given.answerCode()).isEqualTo(500);

    assertThatThrownBy(
            () ->
                database()
                    .run(
                        heart ->
                            webhooks(heart).resend("ada", hook.webhook().id(), given.eventId())))
        .isInstanceOf(NotThereException.class);
    database().run(heart -> webhooks(heart).resend("dev", hook.webhook().id(), given.eventId()));
    makeDue();
    OutgoingMessage again = claim("north").get(0);
    assertThat(again.id()).isEqualTo(Long.toString(given.eventId()));
    answered(again, ACCEPTED);
    assertThat(log(hook).get(0).status()).isEqualTo(Delivery.Status.DELIVERED);
    assertThat(state(hook).failingSince()).isNull();
  }

  @Test
  void a_webhook_that_answers_410_is_suspended_at_once() throws Exception {
    Webhooks.WithSecret hook = hook("dev");
    task("dev");
    fill();
    answered(claim("north").get(0), new DeliveryResponse(410, "", null));
    assertThat(state(hook).suspendedAt()).isNotNull();
  }

  @Test
  void both_secrets_sign_after_a_rotation() throws Exception {
    Webhooks.WithSecret hook = hook("dev");
    task("dev");
    fill();
    Webhooks.WithSecret changed =
        database().call(heart -> webhooks(heart).rotate("dev", hook.webhook().id()));
    assertThat(changed.secret()).isNotEqualTo(hook.secret());
    assertThat(claim("north").get(0).secrets())
        .containsExactly(new SigningSecret(changed.secret()), new SigningSecret(hook.secret()));
    database().sql("update webhook set old_secret_until = old_secret_until - interval '25' hour");
    makeDue();
    assertThat(claim("north").get(0).secrets())
        .containsExactly(new SigningSecret(changed.secret()));
  }
}
