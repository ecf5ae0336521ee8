import { recordAccountDropped } from "../../core/actions/hosting/end-access.ts";
import type { Setting } from "../../core/actions/setting.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import type { HostingRules } from "../../core/domain/hosting/hosting-rules.ts";
import { accessAddressOf, type VendorAccess, vendorAccountOf } from "../../core/domain/hosting/vendor-access.ts";
import { serverOf } from "./database-of-application.ts";
import { HostFailed, type Hosts, type VendorAccount } from "./hosts.ts";

/** A vendor who is to get at the database of an application gets an account there. It can be done again until they have it. */
export async function makeVendorAccount(application: Application, hosting: HostingRules, hosts: Hosts): Promise<void> {
  const { access, stack } = application;
  if (access === null || access.accountPassword === null || access.grantedAt !== null) return;
  const found = serverOf(application, hosting);
  if (found === undefined) throw new HostFailed("profile-changed", `making an account in ${stack}: it is not known`);
  await hosts.makeAccount(found.target, found.server, {
    ...accountOf(access, application),
    password: await hosts.unseal(access.accountPassword),
    mayChange: access.kind === "database-change",
    until: access.until,
  });
}

type Options = { db: Db; setting: (now: Date) => Setting; hosts: Pick<Hosts, "dropAccount"> };

/** Nobody is in by the account of an access any more, nor comes in. @throws HostFailed */
export async function dropVendorAccount(
  access: VendorAccess,
  application: Application,
  { setting, hosts }: Pick<Options, "setting" | "hosts">,
): Promise<void> {
  const { hosting } = setting(new Date()).rules;
  const found = hosting && serverOf(application, hosting);
  if (access.accountPassword === null) return;
  if (found === undefined) {
    throw new HostFailed("profile-changed", `dropping an account in ${application.stack}: it is not known`);
  }
  await hosts.dropAccount(found.target, found.server, accountOf(access, application));
}

/** The same, for good: nobody is at work who might make it again. */
export async function endVendorAccount(
  access: VendorAccess,
  application: Application,
  options: Options,
): Promise<void> {
  if (access.accountPassword === null) return;
  await dropVendorAccount(access, application, options);
  const { db, setting } = options;
  await db.transaction().execute((tx) => recordAccountDropped(tx, setting(new Date()), { accessId: access.id }));
}

function accountOf(access: VendorAccess, { subnet }: Application): VendorAccount {
  return { name: vendorAccountOf(access), address: accessAddressOf(subnet) };
}
