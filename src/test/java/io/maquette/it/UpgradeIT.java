package io.maquette.it;

import io.maquette.it.server.PayaraMicro;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A release that came before, at work when this one brings the schema up to date, beside it, and
 * started again on the newer schema: {@code -Dit.older-war=…} says where it is.
 */
@Tag("all")
@Tag("fault")
@EnabledIfSystemProperty(named = "it.older-war", matches = ".+")
class UpgradeIT {

  private static final Path WAR = Path.of(System.getProperty("maquette.war"));

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void an_earlier_release_works_beside_this_one() throws Exception {
    Path older = Path.of(System.getProperty("it.older-war"));
    Path folder = Wars.freshFolder("upgrade");
    String database = Wars.freshPostgres("upgrade");
    try (Standstill providers = new Standstill(database)) {
      Environment environment = providers.environment(folder).onPostgres(database);
      Map<String, String> old = environment.with("MAQUETTE_NODE_NAME", "older").values();
      Map<String, String> now = environment.with("MAQUETTE_NODE_NAME", "newer").values();
      List<String> ids = new ArrayList<>();
      try (PayaraMicro first = PayaraMicro.start(folder.resolve("older"), older, old)) {
        ids.add(new ApiClient(first.base()).create("before"));
        try (PayaraMicro second = PayaraMicro.start(folder.resolve("newer"), WAR, now)) {
          work(new ApiClient(first.base()), new ApiClient(second.base()), ids);
          first.stop();
          try (PayaraMicro again = PayaraMicro.start(folder.resolve("older"), older, old)) {
            work(new ApiClient(second.base()), new ApiClient(again.base()), ids);
          }
        }
      }
      Audit.ofPostgres(database, folder.resolve("home/files")).check(ids);
    }
  }

  /** Each takes over from the other half way. */
  private static void work(ApiClient one, ApiClient other, List<String> ids) throws Exception {
    for (int task = 0; task < 4; task++) {
      ids.add((task % 2 == 0 ? one : other).create("task " + ids.size()));
    }
    for (String id : ids) {
      one.await(id, PATIENCE, task -> task.getJsonArray("images").size() == 4);
      other.select(id, 0); // once more, where there is a model already
    }
    ids.forEach(id -> one.awaitStatus(id, "MODEL_COMPLETED"));
  }
}
