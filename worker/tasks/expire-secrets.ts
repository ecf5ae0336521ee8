import type { Logger } from "pino";
import { expireSecret } from "../../core/actions/hosting/one-time-secret.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { describeFault, framesOf } from "../../core/db/fault.ts";
import { listSecretsDue } from "../../core/db/hosting/one-time-secrets.ts";
import type { Db } from "../../core/db/tables.ts";

/** As many as are done well within the minute until the next run. */
const secretsAtOnce = 200;

type Options = { db: Db; setting: (now: Date) => Setting; log: Logger };

/** Destroys secrets that nobody opened in time, each in a transaction of its own: one that fails stops no other. */
export async function expireSecrets({ db, setting, log }: Options, now = new Date()): Promise<void> {
  for (const secretId of await listSecretsDue(db, now, secretsAtOnce)) {
    try {
      await db.transaction().execute((tx) => expireSecret(tx, setting(now), { secretId }));
    } catch (fault) {
      log.error({ secretId, fault: describeFault(fault), frames: framesOf(fault) }, "ending a secret failed");
    }
  }
}
