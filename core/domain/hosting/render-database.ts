import type { Application, Revision } from "./application.ts";
import type { HostingDatabase, HostingRules } from "./hosting-rules.ts";
import { databaseNameOf, dataVolume } from "./stack-names.ts";

type Rendered = Pick<Application, "stack" | "database" | "databaseAddress" | "secrets">;

/** On which each listens. */
export const databasePorts: Record<HostingDatabase["engine"], number> = { postgresql: 5432, mariadb: 3306 };

/** @returns undefined: the profile does not know its database any more, or it has no secrets yet */
export function renderDatabase({ stack, database, databaseAddress, secrets }: Rendered, { databases }: HostingRules) {
  const server = databases.find(({ name }) => name === database);
  if (server === undefined || databaseAddress === null || secrets === null) return undefined;
  const { engine, image, memoryMb, cpus, user, folder, temporary, healthTest, healthIntervalSeconds = 5 } = server;
  const container = {
    ...{ engine, image, address: databaseAddress },
    environment: serverEnvironment(engine, stack, secrets),
    ...{ memoryMb, cpus, user, isReadOnly: true, temporary },
    mounts: [{ volume: dataVolume, path: folder }],
    // It makes its files at its first start.
    healthCheck: {
      ...{ test: healthTest, intervalSeconds: healthIntervalSeconds },
      ...{ timeoutSeconds: 5, retries: 6, startSeconds: 60 },
    },
    // It writes down what it holds in memory.
    stopSeconds: 60,
  };
  return { database: container };
}

/**
 * What it is filled with as it is built: an approval of the file is one of that, too. Nothing of what was filled.
 *
 * @returns undefined: its dump is gone
 */
export function renderFilling({
  database,
  secrets,
  dumpSha256,
  revision: { dumpId },
}: Pick<Application, "database" | "secrets" | "dumpSha256"> & { revision: Pick<Revision, "dumpId"> }) {
  if (database === null || secrets === null || secrets.isFilled) return {};
  return dumpId !== null && dumpSha256 === null ? undefined : { filledFrom: dumpSha256 };
}

/** The names are those of the official images, and those of the application's account for who fills it. */
function serverEnvironment(
  engine: HostingDatabase["engine"],
  stack: string,
  { adminPassword, password }: NonNullable<Rendered["secrets"]>,
) {
  return [
    { name: engine === "mariadb" ? "MARIADB_ROOT_PASSWORD" : "POSTGRES_PASSWORD", sealed: adminPassword },
    { name: "APPLICATION_DATABASE", value: databaseNameOf(stack) },
    { name: "APPLICATION_PASSWORD", sealed: password },
  ];
}

/**
 * By what an application finds its database; nothing where it has none.
 *
 * @returns undefined: as `renderDatabase`
 */
export function environmentOf(application: Rendered, { databases }: HostingRules) {
  const { stack, database, databaseAddress, secrets } = application;
  if (database === null) return [];
  const server = databases.find(({ name }) => name === database);
  if (server === undefined || databaseAddress === null || secrets === null) return undefined;
  const name = databaseNameOf(stack);
  return [
    { name: "DB_HOST", value: databaseAddress },
    { name: "DB_PORT", value: String(databasePorts[server.engine]) },
    { name: "DB_NAME", value: name },
    { name: "DB_USER", value: name },
    { name: "DB_PASSWORD", sealed: secrets.password },
    { name: "DATABASE_URL", sealed: secrets.url },
  ];
}

/** For who reads one text. @param password of letters, digits, "-" and "_" */
export function databaseUrl(
  { stack, databaseAddress }: { stack: string; databaseAddress: string },
  engine: HostingDatabase["engine"],
  password: string,
): string {
  const name = databaseNameOf(stack);
  const scheme = engine === "mariadb" ? "mysql" : "postgresql";
  return `${scheme}://${name}:${password}@${databaseAddress}:${databasePorts[engine]}/${name}`;
}
