#!/usr/bin/env bash
# Prepares an unpacked WildFly for Maquette: EclipseLink and the PostgreSQL driver as modules, MicroProfile and the
# data source in standalone.xml, the choice of the driver in bin/standalone.conf. It can run again.
#
#   install.sh WILDFLY_HOME ECLIPSELINK_JAR POSTGRESQL_JAR
set -euo pipefail

if [ $# -ne 3 ] || [ ! -x "$1/bin/jboss-cli.sh" ] || [ ! -f "$2" ] || [ ! -f "$3" ]; then
  echo "usage: $0 WILDFLY_HOME ECLIPSELINK_JAR POSTGRESQL_JAR" >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
wildfly=$(cd "$1" && pwd)
eclipselink=$(realpath "$2")
postgresql=$(realpath "$3")
export JBOSS_HOME=$wildfly
cd "$wildfly"

# WildFly ships the module org.eclipse.persistence with its own adapter, but without EclipseLink. A module of the same
# name outside the system's layers replaces it: the shipped adapter together with EclipseLink.
shipped=modules/system/layers/base/org/eclipse/persistence/main
module=modules/org/eclipse/persistence/main
rm -rf "$module"
mkdir -p "$module"
cp "$shipped"/*.jar "$eclipselink" "$module"
sed -e "s|<resources>|&\n        <resource-root path=\"$(basename "$eclipselink")\"/>|" \
    -e 's|<dependencies>|&\n        <module name="java.se"/>|' "$shipped/module.xml" > "$module/module.xml"

module=modules/org/postgresql/main
rm -rf "$module"
mkdir -p "$module"
cp "$postgresql" "$module"
cat > "$module/module.xml" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<module name="org.postgresql" xmlns="urn:jboss:module:1.9">
  <resources>
    <resource-root path="$(basename "$postgresql")"/>
  </resources>
  <dependencies>
    <module name="java.se"/>
    <module name="jdk.net"/>
    <module name="jakarta.transaction.api"/>
  </dependencies>
</module>
XML

bin/jboss-cli.sh --file=docs/examples/enable-microprofile.cli
bin/jboss-cli.sh --file="$here/maquette.cli"

if ! grep -q '^# Maquette:' bin/standalone.conf; then
  cat >> bin/standalone.conf <<'CONF'

# Maquette: MAQUETTE_DB_URL selects the driver of the data source
case "${MAQUETTE_DB_URL:-}" in
  jdbc:postgresql:*) JAVA_OPTS="$JAVA_OPTS -Dmaquette-db.driver=postgresql" ;;
esac
CONF
fi
if ! grep -q 'retryPost' bin/standalone.conf; then
  cat >> bin/standalone.conf <<'CONF'

# Maquette: the JVM must not repeat a submission whose answer was lost, because both could be charged
JAVA_OPTS="$JAVA_OPTS -Dsun.net.http.retryPost=false"
CONF
fi
echo "WildFly in $wildfly is ready for maquette.war."
