import {
  type AccountOwner,
  offerDatabaseAccount as offer,
  recordAccountFailure,
} from "../../core/actions/hosting/offer-database-account.ts";
import { findApplication } from "../../core/db/hosting/applications.ts";
import { findAccess } from "../../core/db/hosting/vendor-accesses.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import { accountText, hasVendorAccount, vendorAccountText } from "../../core/domain/hosting/database-account.ts";
import { HostFailed, type Hosts } from "../hosting/hosts.ts";
import type { HostingOptions } from "./plan-application.ts";

export type AccountOptions = Pick<HostingOptions, "db" | "setting" | "log"> & { hosts: Pick<Hosts, "unseal"> };

/** Opens what the database of an application is opened by, and has it offered. It is in memory only, and sealed again with the offer. */
export async function offerDatabaseAccount(owner: AccountOwner, options: AccountOptions): Promise<void> {
  const { db, setting, log } = options;
  const { applicationId, accessId } = owner;
  const application = await findApplication(db, applicationId);
  if (application === undefined) return;
  try {
    const account =
      accessId === undefined
        ? await openAccount(application, options)
        : await openVendorAccount(application, accessId, options);
    if (account === undefined) return;
    await db.transaction().execute((tx) => offer(tx, setting(new Date()), { ...owner, account }));
  } catch (fault) {
    if (!(fault instanceof HostFailed)) throw fault;
    const { why: problem, message: said } = fault;
    log.error({ ...owner, why: problem, said }, "offering the account of a database failed");
    await db.transaction().execute((tx) => recordAccountFailure(tx, setting(new Date()), { ...owner, problem }));
  }
}

/** @throws HostFailed */
async function openAccount(application: Application, { setting, hosts }: AccountOptions): Promise<string> {
  const { stack, secrets } = application;
  const { hosting } = setting(new Date()).rules;
  const password = secrets && (await hosts.unseal(secrets.password));
  return known(stack, password && hosting && accountText(application, hosting, password));
}

/** @returns undefined: the access has ended @throws HostFailed */
async function openVendorAccount(
  application: Application,
  accessId: number,
  { db, setting, hosts }: AccountOptions,
): Promise<string | undefined> {
  const access = await findAccess(db, accessId);
  if (access === undefined || access.accountPassword === null || !hasVendorAccount(access)) return undefined;
  const { hosting } = setting(new Date()).rules;
  const password = await hosts.unseal(access.accountPassword);
  return known(application.stack, hosting && vendorAccountText(application, access, hosting, password));
}

function known(stack: string, account: string | null | undefined): string {
  if (!account) throw new HostFailed("profile-changed", `offering the database of ${stack}: it is not known`);
  return account;
}

/** Every try failed. */
export async function giveUpAccount(
  owner: AccountOwner,
  { db, setting }: Pick<AccountOptions, "db" | "setting">,
): Promise<void> {
  const failure = { ...owner, problem: "not-finished" } as const;
  await db.transaction().execute((tx) => recordAccountFailure(tx, setting(new Date()), failure));
}
