import { accept, type Outcome, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import type { Application } from "./application.ts";
import type { HostingFailure } from "./hosting-failure.ts";
import type { HostingRules } from "./hosting-rules.ts";
import { databasePorts, environmentOf } from "./render-database.ts";
import { databaseNameOf } from "./stack-names.ts";
import { type VendorAccess, vendorAccountOf } from "./vendor-access.ts";

/** Why what a database is opened by was not offered to who asked for the application. */
export type AccountProblem = "no-pages" | "not-linked" | "requester-gone" | HostingFailure;

/** Whether its database is there and filled, so that somebody can be given what it is opened by. */
export function hasDatabaseAccount({ state, secrets }: Pick<Application, "state" | "secrets">): boolean {
  return secrets?.isFilled === true && (state === "built" || state === "stopped");
}

/** The account of a vendor is there, who gets in by it. */
export function hasVendorAccount({ accountPassword, grantedAt, endedAt }: VendorAccess): boolean {
  return accountPassword !== null && grantedAt !== null && endedAt === null;
}

/** The data center has it offered again; it is never shown to themselves. */
export function refusalOfOfferingAccount(person: Person, application: Application | undefined): Outcome {
  if (!hasRole(person, "data-center")) return refuse("not-your-role", { role: "data-center" });
  if (application === undefined) return refuse("no-such-application");
  return hasDatabaseAccount(application) ? accept() : refuse("no-database-account");
}

/** The same, of the account of a vendor. */
export function refusalOfOfferingVendorAccount(person: Person, access: VendorAccess | undefined): Outcome {
  if (!hasRole(person, "data-center")) return refuse("not-your-role", { role: "data-center" });
  if (access === undefined) return refuse("no-such-access");
  return hasVendorAccount(access) ? accept() : refuse("access-ended-already");
}

/**
 * The account of an application in its database, by the names under which the application itself gets it.
 *
 * @param password opened; as text, a line each
 * @returns undefined: the profile does not know its database any more
 */
export function accountText(application: Application, hosting: HostingRules, password: string): string | undefined {
  const variables = environmentOf(application, hosting);
  return variables
    ?.filter(({ name }) => name !== "DATABASE_URL")
    .map((variable) => `${variable.name}=${"value" in variable ? variable.value : password}`)
    .join("\n");
}

/** By which a vendor reaches a database: `port` of the database as the application sees it, `localPort` of the vendor's own machine. */
export type Tunnel = { address: string; port: number; localPort: number };

/** @returns undefined: the profile does not know its database any more */
export function tunnelTo(
  { database, databaseAddress }: Pick<Application, "database" | "databaseAddress">,
  { databases }: HostingRules,
): Tunnel | undefined {
  const server = databases.find(({ name }) => name === database);
  if (server === undefined || databaseAddress === null) return undefined;
  const port = databasePorts[server.engine];
  // Theirs may have a server of databases itself.
  return { address: databaseAddress, port, localPort: 10_000 + port };
}

/** The account of a vendor, as they use it at their end of the tunnel; as `accountText`. */
export function vendorAccountText(
  application: Application,
  access: VendorAccess,
  hosting: HostingRules,
  password: string,
): string | undefined {
  const tunnel = tunnelTo(application, hosting);
  if (tunnel === undefined) return undefined;
  return [
    "DB_HOST=127.0.0.1",
    `DB_PORT=${tunnel.localPort}`,
    `DB_NAME=${databaseNameOf(application.stack)}`,
    `DB_USER=${vendorAccountOf(access)}`,
    `DB_PASSWORD=${password}`,
  ].join("\n");
}
