#!/usr/bin/env bash
# Creates a domain for Maquette in an unpacked Payara Server, sets it up with maquette.asadmin, and stops it. HTTP is at PORTBASE + 80, the console at PORTBASE + 48.
#
#   install.sh PAYARA_HOME DOMAIN_FOLDER [PORTBASE]
set -euo pipefail

if [ $# -lt 2 ] || [ ! -x "$1/bin/asadmin" ] || [ -e "$2" ]; then
  echo "usage: $0 PAYARA_HOME NEW_DOMAIN_FOLDER [PORTBASE]" >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
asadmin=$(cd "$1" && pwd)/bin/asadmin
domains=$(mkdir -p "$(dirname "$2")" && cd "$(dirname "$2")" && pwd)
domain=$(basename "$2")
portbase=${3:-8000}

"$asadmin" create-domain --domaindir "$domains" --nopassword=true --portbase "$portbase" "$domain"
"$asadmin" start-domain --domaindir "$domains" "$domain"
"$asadmin" --port $((portbase + 48)) multimode --file "$here/maquette.asadmin" | tee "$domains/$domain/maquette.log"
"$asadmin" stop-domain --domaindir "$domains" "$domain"
if grep -q 'failed' "$domains/$domain/maquette.log"; then
  echo "The server rejected a command; see above." >&2
  exit 1
fi
echo "The domain in $domains/$domain is ready for maquette.war."
