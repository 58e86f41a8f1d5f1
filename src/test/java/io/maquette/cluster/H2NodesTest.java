package io.maquette.cluster;

import io.maquette.persistence.Migrations;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;

class H2NodesTest extends ClusterMembershipContract {

  private static final JdbcDataSource DATABASE = new JdbcDataSource();

  @BeforeAll
  static void open() {
    DATABASE.setURL("jdbc:h2:mem:nodes;DB_CLOSE_DELAY=-1");
    Migrations.run(DATABASE);
  }

  @Override
  DataSource database() {
    return DATABASE;
  }
}
