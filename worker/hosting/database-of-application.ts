import { join } from "node:path";
import { recordFilled } from "../../core/actions/hosting/build-application.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import type { HostingRules, HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import { renderApplication } from "../../core/domain/hosting/render-stack.ts";
import { databaseContainerOf } from "../../core/domain/hosting/stack-names.ts";
import type { HostingOptions } from "../tasks/plan-application.ts";
import { type DatabaseServer, HostFailed, type Hosts } from "./hosts.ts";

/**
 * Once in the life of an application: its database is built alone and gets its account, and what was handed in is loaded, before
 * anything asks it. What a crash left half loaded is made anew.
 */
export async function fillDatabase(
  application: Application,
  hosting: HostingRules,
  { db, setting, filesFolder, hosts }: HostingOptions,
  signal: AbortSignal,
): Promise<void> {
  const found = serverOf(application, hosting);
  if (found === undefined || application.secrets?.isFilled !== false) return;
  const { stack, dumpSha256 } = application;
  const alone = renderApplication(application, hosting, { isFilling: true });
  if (alone === undefined) throw new HostFailed("profile-changed", `filling the database of ${stack}: it is not known`);
  await hosts.update(stack, alone, signal);
  const path = dumpSha256 === null ? undefined : join(filesFolder, dumpSha256);
  await hosts.fillDatabase(found.target, found.server, path, signal);
  signal.throwIfAborted();
  const { ticketId } = application.revision;
  await db.transaction().execute((tx) => recordFilled(tx, setting(new Date()), { ticketId }));
}

/** At the address by which its application finds it, before it is said that it is there (R13). */
export async function askDatabase(application: Application, hosting: HostingRules, hosts: Hosts): Promise<void> {
  const found = serverOf(application, hosting);
  const { databaseAddress } = application;
  if (found !== undefined && databaseAddress !== null) {
    await hosts.askDatabase(found.target, found.server, databaseAddress);
  }
}

/** @returns undefined: it has none, or the profile knows it or its target no more */
export function serverOf(
  { stack, target: host, database }: Application,
  { targets, databases }: HostingRules,
): { target: HostingTarget; server: DatabaseServer } | undefined {
  const target = targets.find(({ name }) => name === host);
  const known = databases.find(({ name }) => name === database);
  if (target === undefined || known === undefined) return undefined;
  return { target, server: { container: databaseContainerOf(stack), engine: known.engine } };
}
