import { expireSecret } from "../../core/actions/hosting/one-time-secret.ts";
import { listSecretsDue } from "../../core/db/hosting/one-time-secrets.ts";
import { type AloneOptions, eachAlone } from "./each-alone.ts";

/** As many as are done well within the minute until the next run. */
const secretsAtOnce = 200;

/** Destroys secrets that nobody opened in time. */
export async function expireSecrets(options: AloneOptions, now = new Date()): Promise<void> {
  await eachAlone(
    options,
    await listSecretsDue(options.db, now, secretsAtOnce),
    (tx, secretId) => expireSecret(tx, options.setting(now), { secretId }),
    { idName: "secretId", message: "ending a secret failed" },
  );
}
