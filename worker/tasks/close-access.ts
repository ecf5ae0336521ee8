import { keepAccesses, recordClosed, recordShut, recordShutTrouble } from "../../core/actions/hosting/end-access.ts";
import { findApplication } from "../../core/db/hosting/applications.ts";
import { findOpenIsolation } from "../../core/db/hosting/isolations.ts";
import { isStackHeld } from "../../core/db/hosting/stack-leases.ts";
import { findAccess } from "../../core/db/hosting/vendor-accesses.ts";
import { findWatched } from "../../core/db/hosting/watched-stacks.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import type { VendorAccess } from "../../core/domain/hosting/vendor-access.ts";
import { whileHolding } from "../hosting/hold-stack.ts";
import { HostFailed } from "../hosting/hosts.ts";
import { dropVendorAccount, endVendorAccount } from "../hosting/vendor-account.ts";
import type { HostingOptions } from "./plan-application.ts";

type Options = Pick<HostingOptions, "db" | "setting" | "hosts" | "log">;

/** Each minute: whose time is over ends, and what could not be closed is tried again. */
export async function beginClosing({ db, setting }: Pick<Options, "db" | "setting">): Promise<void> {
  await db.transaction().execute((tx) => keepAccesses(tx, setting(new Date())));
}

/**
 * Lets nobody in any more by an access that ended: at once, waiting for nobody, and drops its account in the database. Then its
 * stack forgets its container, as soon as no machine changes that stack: nothing is built for it, so that nothing is that nobody has
 * approved. What fails is told, and tried again by the next minutes.
 */
export async function closeAccess(
  { accessId }: { accessId: number },
  options: Options,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { db } = options;
  const access = await findAccess(db, accessId);
  const application = access && (await findApplication(db, access.applicationId));
  if (access === undefined || application === undefined) return;
  if (access.endedAt === null || access.closedAt !== null) return;
  try {
    if (!(await shut(access, application, options))) return;
    await takeOut(access, application, options, signal);
  } catch (fault) {
    if (!(fault instanceof HostFailed)) throw fault;
    const { why, message: said } = fault;
    options.log.error({ accessId, stack: application.stack, why, said }, "closing an access failed");
    await db
      .transaction()
      .execute((tx) => recordShutTrouble(tx, options.setting(new Date()), { accessId, trouble: why }));
  }
}

/** Of an isolated application it stands still, with whoever was in, and is evidence until that is over. @returns false: so it is */
async function shut(access: VendorAccess, application: Application, options: Options): Promise<boolean> {
  const { db, setting, hosts } = options;
  const { id: accessId } = access;
  const record = () => db.transaction().execute((tx) => recordShut(tx, setting(new Date()), { accessId }));
  const { hosting } = setting(new Date()).rules;
  const target = hosting?.targets.find(({ name }) => name === application.target);
  if (target === undefined) {
    throw new HostFailed("profile-changed", `closing an access of ${application.stack}: its target is gone`);
  }
  if (application.state === "isolated") {
    const isolation = await findOpenIsolation(db, application.id);
    if (isolation !== undefined && isolation.containedAt !== null) await record();
    return false;
  }
  await hosts.shutAccess(target, application.stack);
  await record();
  if (application.state === "built") await dropVendorAccount(access, application, options);
  return true;
}

/** Neither while somebody works on the stack, nor while a change of it is half done: that change comes without it. */
async function takeOut(
  { id: accessId }: VendorAccess,
  { stack }: Application,
  options: Options,
  signal: AbortSignal,
): Promise<void> {
  const { db, hosts } = options;
  if (await isStackHeld(db, stack)) return;
  await whileHolding(db, stack, signal, async (held) => {
    const watched = await findWatched(db, stack);
    if (watched?.isChanging || watched?.applicationState === "isolated") return;
    if (!(await isWithoutAccount(accessId, options))) return;
    if (watched !== undefined) await hosts.forgetAccess(stack, watched, held);
    held.throwIfAborted();
    await db.transaction().execute((tx) => recordClosed(tx, options.setting(new Date()), { accessId }));
  });
}

/** What made the account may have been at work until now. @returns false: its database stands still, and has the account yet */
async function isWithoutAccount(accessId: number, options: Options): Promise<boolean> {
  const access = await findAccess(options.db, accessId);
  const application = access && (await findApplication(options.db, access.applicationId));
  if (access === undefined || application === undefined || access.accountPassword === null) return true;
  const { state } = application;
  if (state === "stopped" || state === "deleted") return false;
  if (state === "built") await endVendorAccount(access, application, options);
  return true;
}
