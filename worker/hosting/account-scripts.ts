import type { HostingDatabase } from "../../core/domain/hosting/hosting-rules.ts";

/**
 * What a shell runs within a server of databases for the account of a vendor, which it reads first, a line each: its name, the address
 * from which it comes, until when, and its password. All four are ours, and of letters, digits and what stands in times and addresses.
 */
export type AccountScripts = {
  /** Makes the account, which may read what is in the application's database, and nothing else. Can be done again. */
  read: string;
  /** The same, and change what is in it; not how it is made. */
  change: string;
  /** Nobody comes in by it any more, whoever is in is out, and it is gone. Can be done again. */
  drop: string;
};

const readAccount = "IFS= read -r account; IFS= read -r address; IFS= read -r until; IFS= read -r password";

const asRoot = `${readAccount}
MYSQL_PWD=$MARIADB_ROOT_PASSWORD; export MYSQL_PWD
exec mariadb --host=localhost --user=root --batch <<END`;

/** MariaDB knows no end of an account: it is one of that address alone, from which nobody comes when the way in has ended. */
function makeInMariadb(rights: string): string {
  return `${asRoot}
CREATE OR REPLACE USER '$account'@'$address' IDENTIFIED BY '$password' WITH MAX_USER_CONNECTIONS 10;
GRANT ${rights} ON \\\`$APPLICATION_DATABASE\\\`.* TO '$account'@'$address';
END`;
}

/**
 * Arguments are seen by whoever lists processes, so that it takes the password out of its environment itself. It may do all, in a
 * database in which the application makes functions: none of those is meant by a name.
 */
const asPostgres = `${readAccount}
PGPASSWORD=$POSTGRES_PASSWORD; export PGPASSWORD password
exec psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --host=127.0.0.1 --username=postgres --dbname="$APPLICATION_DATABASE" \\
  --output=/dev/null --set name="$APPLICATION_DATABASE" --set account="$account" --set until="$until" <<'END'
SET search_path = pg_catalog;
\\set password \`printf %s "$password"\``;

/** Before PostgreSQL 15 everybody might make tables in the schema "public"; now the application alone may. */
const publicSchema = `SELECT format('GRANT CREATE ON SCHEMA public TO %I', :'name'), 'REVOKE CREATE ON SCHEMA public FROM PUBLIC'
  FROM pg_namespace, aclexplode(nspacl) AS granted
  WHERE nspname = 'public' AND granted.grantee = 0 AND granted.privilege_type = 'CREATE' \\gexec`;

/** Of what is there, and of what the application makes from now on. */
function makeInPostgresql({ tables, sequences }: { tables: string; sequences: string }): string {
  return `${asPostgres}
SELECT format('CREATE ROLE %I', :'account') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'account') \\gexec
ALTER ROLE :"account" LOGIN PASSWORD :'password' VALID UNTIL :'until' CONNECTION LIMIT 10;
GRANT CONNECT ON DATABASE :"name" TO :"account";
${publicSchema}
SELECT format('GRANT USAGE ON SCHEMA %I TO %I', nspname, :'account'),
    format('GRANT ${tables} ON ALL TABLES IN SCHEMA %I TO %I', nspname, :'account'),
    format('GRANT ${sequences} ON ALL SEQUENCES IN SCHEMA %I TO %I', nspname, :'account')
  FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' \\gexec
ALTER DEFAULT PRIVILEGES FOR ROLE :"name" GRANT USAGE ON SCHEMAS TO :"account";
ALTER DEFAULT PRIVILEGES FOR ROLE :"name" GRANT ${tables} ON TABLES TO :"account";
ALTER DEFAULT PRIVILEGES FOR ROLE :"name" GRANT ${sequences} ON SEQUENCES TO :"account";
END`;
}

export const accountScripts: Record<HostingDatabase["engine"], AccountScripts> = {
  mariadb: {
    read: makeInMariadb("SELECT, SHOW VIEW"),
    change: makeInMariadb("SELECT, INSERT, UPDATE, DELETE, SHOW VIEW"),
    drop: `${asRoot}
DROP USER IF EXISTS '$account'@'$address';
KILL USER '$account';
END`,
  },
  postgresql: {
    read: makeInPostgresql({ tables: "SELECT", sequences: "SELECT" }),
    change: makeInPostgresql({ tables: "SELECT, INSERT, UPDATE, DELETE", sequences: "USAGE, SELECT, UPDATE" }),
    drop: `${asPostgres}
SELECT format('ALTER ROLE %I NOLOGIN', :'account') FROM pg_roles WHERE rolname = :'account' \\gexec
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = :'account';
SELECT format('REASSIGN OWNED BY %I TO %I', :'account', :'name'), format('DROP OWNED BY %I', :'account'),
    format('DROP ROLE %I', :'account')
  FROM pg_roles WHERE rolname = :'account' \\gexec
END`,
  },
};
