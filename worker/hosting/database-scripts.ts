import type { HostingDatabase } from "../../core/domain/hosting/hosting-rules.ts";

/**
 * What a shell runs within a server of databases, which has names and passwords in its environment: nothing of ours or of
 * somebody is part of a command.
 */
export type DatabaseScripts = {
  /** An empty database, and an account that may do all in it and nothing else. What was there before is gone. */
  prepare: string;
  /** Loads what it reads, as that account; ends at the first statement that fails. */
  load: string;
  /** Asks for something as that account, at DATABASE_ADDRESS: a server that listens on its loopback only is none for an application. */
  ask: string;
};

const asApplication = {
  mariadb: (host: string) => `MYSQL_PWD=$APPLICATION_PASSWORD; export MYSQL_PWD
exec mariadb --host=${host} --user="$APPLICATION_DATABASE" --batch --local-infile=0`,
  postgresql: (host: string) => `PGPASSWORD=$APPLICATION_PASSWORD; export PGPASSWORD
exec psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --host=${host} --username="$APPLICATION_DATABASE" \\
  --dbname="$APPLICATION_DATABASE" --output=/dev/null`,
};

const itself = "127.0.0.1";
const whereAsked = '"$DATABASE_ADDRESS"';

export const databaseScripts: Record<HostingDatabase["engine"], DatabaseScripts> = {
  mariadb: {
    prepare: `MYSQL_PWD=$MARIADB_ROOT_PASSWORD; export MYSQL_PWD
exec mariadb --host=localhost --user=root --batch <<END
DROP DATABASE IF EXISTS \\\`$APPLICATION_DATABASE\\\`;
CREATE DATABASE \\\`$APPLICATION_DATABASE\\\` CHARACTER SET utf8mb4;
CREATE OR REPLACE USER '$APPLICATION_DATABASE'@'%' IDENTIFIED BY '$APPLICATION_PASSWORD';
GRANT ALL PRIVILEGES ON \\\`$APPLICATION_DATABASE\\\`.* TO '$APPLICATION_DATABASE'@'%';
END`,
    // In binary mode the client runs no command of its own, such as one of a shell.
    load: `${asApplication.mariadb(itself)} --binary-mode "$APPLICATION_DATABASE"`,
    ask: `${asApplication.mariadb(whereAsked)} --execute="SELECT 1" "$APPLICATION_DATABASE"`,
  },
  postgresql: {
    // Arguments are seen by whoever lists processes, so that it takes the password out of its environment itself.
    prepare: `PGPASSWORD=$POSTGRES_PASSWORD; export PGPASSWORD
exec psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --host=127.0.0.1 --username=postgres --dbname=postgres \\
  --set name="$APPLICATION_DATABASE" <<'END'
\\set password \`printf %s "$APPLICATION_PASSWORD"\`
DROP DATABASE IF EXISTS :"name" WITH (FORCE);
SELECT format('CREATE ROLE %I', :'name') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \\gexec
ALTER ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name" ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE :"name", postgres, template1 FROM PUBLIC;
END`,
    // It numbers the lines of a file only. What it reads keeps it from commands of its own, as `toPsqlInput` says.
    load: `${asApplication.postgresql(itself)} --file=-`,
    ask: `${asApplication.postgresql(whereAsked)} --command="SELECT 1"`,
  },
};
