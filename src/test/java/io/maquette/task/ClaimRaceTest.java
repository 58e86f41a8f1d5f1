package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.task.TaskClaim.ImageClaim;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Test of two nodes that claim tasks at the same time and as fast as possible, on a real
 * PostgreSQL.
 */
@Tag("all")
@Tag("fault")
class ClaimRaceTest {

  private static final int TASKS = 10_000;
  private static final int AT_ONCE = 25;

  @Test
  void two_nodes_never_claim_the_same_task_in_ten_thousand_claims() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        TaskDatabase database = new TaskDatabase(server.getPostgresDatabase())) {
      database.sql(
          "insert into task (id, owner, prompt, status, created_at, updated_at, failed_attempts,"
              + " due_at, fence, version) select gen_random_uuid(), 'dev', 'task ' || n,"
              + " 'IMAGE_PENDING', now(), now(), 0, now(), 0, 0 from generate_series(1, "
              + TASKS
              + ") n");
      ExecutorService nodes = Executors.newFixedThreadPool(4);
      try {
        List<Future<List<UUID>>> racing = new ArrayList<>();
        for (String node : List.of("north", "south", "north", "south")) {
          racing.add(nodes.submit(() -> claimAll(database, node)));
        }
        List<UUID> claimed = new ArrayList<>();
        for (Future<List<UUID>> one : racing) {
          assertThat(one.get()).as("claims of each").isNotEmpty();
          claimed.addAll(one.get());
        }
        assertThat(claimed).hasSize(TASKS).doesNotHaveDuplicates();
      } finally {
        nodes.shutdownNow();
      }
    }
  }

  private static List<UUID> claimAll(TaskDatabase database, String node) throws Exception {
    List<UUID> claimed = new ArrayList<>();
    List<ImageClaim> claims;
    do {
      claims = database.call(node, heart -> heart.claims().claimForPictures(AT_ONCE, "local"));
      claims.forEach(claim -> claimed.add(claim.taskId()));
    } while (!claims.isEmpty());
    return claimed;
  }
}
