import { describeFault } from "../../core/db/fault.ts";
import { isTargetChanging } from "../../core/db/hosting/applications.ts";
import { findPlatform } from "../../core/db/hosting/stacks.ts";
import { platformOf } from "../../core/domain/hosting/stack-names.ts";
import { withRoutes } from "../hosting/carry-out.ts";
import { HeldByAnother } from "../hosting/hold-stack.ts";
import { HostFailed } from "../hosting/hosts.ts";
import { giveRoutes } from "../hosting/target-routes.ts";
import type { HostingOptions } from "./plan-application.ts";

type Options = Pick<HostingOptions, "db" | "setting" | "hosts" | "log">;

/**
 * Gives each proxy that was built its routes again: one that was made anew, by hand or by its host, knows none. The same routes
 * change nothing. While something is being built there it gets them from that: what takes over leads to its new container already,
 * which is recorded in the end. A host that fails, or whose routes somebody else gives, keeps nobody else's waiting; of failing
 * the comparison of stacks tells.
 */
export async function keepRoutes(options: Options, { signal }: { signal: AbortSignal }): Promise<void> {
  const { db, setting, log } = options;
  for (const target of setting(new Date()).rules.hosting?.targets ?? []) {
    if (!(await findPlatform(db, platformOf(target.name)))?.isBuilt) continue;
    const give = async (held: AbortSignal) => {
      if (!(await isTargetChanging(db, target.name))) await giveRoutes(target, { ...options, signal: held });
    };
    await withRoutes({ target: target.name }, { db, signal }, give, { patienceMs: 0 }).catch((fault: unknown) => {
      signal.throwIfAborted();
      if (fault instanceof HeldByAnother) return;
      if (!(fault instanceof HostFailed)) throw fault;
      log.warn({ target: target.name, fault: describeFault(fault) }, "giving a proxy its routes failed");
    });
  }
}
