package io.maquette.it;

import io.maquette.it.simulator.HunyuanSimulator;
import io.maquette.it.simulator.MeshySimulator;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.TencentSimulator;
import io.maquette.it.simulator.TencentSwitchboard;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The environment of a server that calls simulated providers, and looks often. */
final class Environment {

  private final Map<String, String> values = new HashMap<>();

  Environment(Path folder) {
    with("MAQUETTE_HOME", folder.resolve("home").toString());
    with("MAQUETTE_LOCAL_FACES", "20000");
    with("MAQUETTE_MODEL_POLL_INTERVAL", "PT0.2S");
    with("MAQUETTE_WORKER_TICK", "PT0.2S");
  }

  Environment with(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** On PostgreSQL rather than the embedded database. */
  Environment onPostgres(String url) {
    return with("MAQUETTE_DB_URL", url).with("MAQUETTE_DB_USER", "postgres");
  }

  /** With its traces told to a collector, as those of this node. */
  Environment tracedAt(Collector collector, String node) {
    values.putAll(collector.environment(node));
    return this;
  }

  /** With the provider of this name at a simulator of it. */
  Environment at(PictureSimulator simulator, String provider) {
    return at(simulator, provider, PictureSimulator.KEY);
  }

  /** As above. */
  Environment at(MeshySimulator simulator) {
    return at(simulator, "meshy", PictureSimulator.KEY);
  }

  /** As above; it wants no key. */
  Environment at(HunyuanSimulator simulator) {
    return address(simulator, "hunyuan");
  }

  /** As above, with the finer tier, which takes three jobs at once. */
  Environment at(TencentSimulator simulator) {
    return atTencent(simulator);
  }

  /** As above. */
  Environment at(TencentSwitchboard switchboard) {
    return atTencent(switchboard);
  }

  private Environment atTencent(Simulator simulator) {
    return address(simulator, "tencent")
        .with("MAQUETTE_TENCENT_SECRET_ID", TencentSimulator.SECRET_ID)
        .with("MAQUETTE_TENCENT_SECRET_KEY", TencentSimulator.SECRET_KEY)
        .with("MAQUETTE_TENCENT_TIER", "pro");
  }

  private Environment at(Simulator simulator, String provider, String key) {
    return address(simulator, provider)
        .with("MAQUETTE_" + provider.toUpperCase(Locale.ROOT) + "_API_KEY", key);
  }

  /** Result files lie at the simulator, too. */
  private Environment address(Simulator simulator, String provider) {
    values.merge(
        "MAQUETTE_DOWNLOAD_ALLOWED_HOSTS", simulator.host(), (some, more) -> some + "," + more);
    return with(
        "MAQUETTE_" + provider.toUpperCase(Locale.ROOT) + "_URL", simulator.url().toString());
  }

  Map<String, String> values() {
    return Map.copyOf(values);
  }
}
