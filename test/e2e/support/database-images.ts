import { execFileSync } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { HostingDatabase } from "../../../core/domain/hosting/hosting-rules.ts";
import type { DockerEngine } from "./docker-engine.ts";
import { temporaryFolder } from "./folders.ts";

/** The account of servers of databases in these images; PostgreSQL needs one that has a name. */
export const databaseUser = "65534:65534";

/** As the official images do: the password comes by the environment, the files are made at the first start. */
const entries: Record<HostingDatabase["engine"], string> = {
  mariadb: `#!/bin/sh
set -eu
start="mariadbd --no-defaults --datadir=/data --socket=/run/mysqld/mysqld.sock --bind-address=0.0.0.0"
[ ! -d /data/mysql ] || exec $start
mariadb-install-db --no-defaults --datadir=/data --auth-root-authentication-method=normal --skip-test-db
printf "ALTER USER root@localhost IDENTIFIED BY '%s';" "$MARIADB_ROOT_PASSWORD" >/tmp/first.sql
exec $start --init-file=/tmp/first.sql
`,
  postgresql: `#!/bin/sh
set -eu
if [ ! -s /data/PG_VERSION ]; then
  printf %s "$POSTGRES_PASSWORD" >/tmp/password
  initdb --pgdata=/data --username=postgres --pwfile=/tmp/password --auth=scram-sha-256 --locale=C.UTF-8
  echo "host all all all scram-sha-256" >>/data/pg_hba.conf
fi
exec postgres -D /data -c listen_addresses='*' -c unix_socket_directories=/tmp
`,
};

/**
 * A server of databases.
 *
 * @param base has the programs
 * @returns its ID
 */
export async function makeDatabaseImage(
  engine: DockerEngine,
  base: string,
  kind: HostingDatabase["engine"],
): Promise<string> {
  await using folder = await temporaryFolder();
  const root = join(folder.path, "root");
  await mkdir(join(root, "data"), { recursive: true });
  await mkdir(join(root, "run/mysqld"), { recursive: true });
  // What is mounted there takes its mode over.
  await chmod(join(root, "run/mysqld"), 0o1777);
  await writeFile(join(root, "entry"), entries[kind]);
  await chmod(join(root, "entry"), 0o755);
  const container = engine.docker("create", base, "/entry");
  const owner = ["--owner=65534", "--group=65534"];
  const tar = join(folder.path, "files.tar");
  execFileSync("tar", ["--create", "--file", tar, "--directory", root, ...owner, "data", "run/mysqld", "entry"]);
  execFileSync("docker", ["--host", engine.endpoint, "cp", "-", `${container}:/`], { input: await readFile(tar) });
  const path = "ENV PATH=/usr/lib/postgresql/15/bin:/usr/local/bin:/usr/bin:/usr/sbin:/bin:/sbin";
  const image = engine.docker("commit", "--change", path, "--change", 'ENTRYPOINT ["/entry"]', container);
  engine.docker("rm", container);
  return image;
}
