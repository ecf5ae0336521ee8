import {
  destroySecret,
  findSecretByToken,
  insertSecret,
  lockSecret,
  lockUnopened,
  type OneTimeSecret,
  type SecretOf,
} from "../../db/hosting/one-time-secrets.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import { findAccount } from "../../db/people/accounts.ts";
import type { Db, Tx } from "../../db/tables.ts";
import { hourInMilliseconds } from "../../domain/durations.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import { noticePriority, send, tellInPrivate } from "../notices.ts";
import { hashOfLinkToken, newLinkToken } from "../people/link-token.ts";
import type { Setting } from "../setting.ts";

/**
 * Keeps a secret for one person, who opens it once on a page, and sends the link to their private chat, never to a topic.
 * Whoever offers it has authorised that.
 *
 * @param input.title what it is for, "Basis data simpeg"
 * @param input.hours for how long it waits
 * @param input.checkId it is the address of that heartbeat
 * @returns the id of it; the link is in the message alone
 */
export async function offerSecret(
  tx: Tx,
  setting: Setting,
  input: { personId: number; title: string; secret: string; hours: number; checkId?: number },
): Promise<Outcome<number>> {
  const { now, pagesUrl, seal } = setting;
  if (pagesUrl === undefined || seal === undefined) return refuse("no-pages");
  const account = await findAccount(tx, input.personId);
  if (account === undefined) return refuse("not-linked");
  const { token, hash } = newLinkToken();
  const expiresAt = new Date(now.getTime() + input.hours * hourInMilliseconds);
  const sealed = seal.close(input.secret, hash);
  const secretId = await insertSecret(tx, { ...input, tokenHash: hash, sealed, now, expiresAt });
  await journal(tx, setting, { event: "secret-offered", secretId, personId: input.personId, actorId: null });
  const notice = { kind: "secret-offered", secretId, link: `${pagesUrl}once/${token}` } as const;
  await send(tx, account.telegramUserId, notice, { now, priority: noticePriority });
  return accept(secretId);
}

/** Those that nobody has opened yet, before one for the same is offered anew: one page for one secret. */
export async function withdrawSecrets(tx: Tx, setting: Setting, of: SecretOf): Promise<void> {
  for (const { id: secretId, personId } of await lockUnopened(tx, of)) {
    await destroySecret(tx, secretId, { expiredAt: setting.now });
    await journal(tx, setting, { event: "secret-withdrawn", secretId, personId, actorId: null });
  }
}

/** What the page says before it is opened; nothing is used up by it. */
export async function lookAtSecret(
  db: Db,
  { now }: Pick<Setting, "now">,
  { token }: { token: string },
): Promise<Outcome<Pick<OneTimeSecret, "title" | "expiresAt">>> {
  const secret = await findSecretByToken(db, hashOfLinkToken(token));
  return secret !== undefined && isGood(secret, now) ? accept(secret) : refuse("link-no-good");
}

/** Opens it for whoever holds the link, and destroys it. */
export async function openSecret(
  tx: Tx,
  setting: Setting,
  { token }: { token: string },
): Promise<Outcome<{ title: string; secret: string }>> {
  const { now, seal } = setting;
  if (seal === undefined) throw new Error("opening a secret: this process has no key");
  const tokenHash = hashOfLinkToken(token);
  const found = await lockSecret(tx, { tokenHash });
  if (found === undefined || found.sealed === null || !isGood(found, now)) return refuse("link-no-good");
  const secret = seal.open(found.sealed, tokenHash);
  await destroySecret(tx, found.id, { openedAt: now });
  const { id: secretId, personId } = found;
  await journal(tx, setting, { event: "secret-opened", secretId, personId, actorId: personId });
  return accept({ title: found.title, secret });
}

/** The clock: nobody opened it in time. Safe to do twice. */
export async function expireSecret(tx: Tx, setting: Setting, { secretId }: { secretId: number }): Promise<void> {
  const found = await lockSecret(tx, { id: secretId });
  if (found === undefined || found.sealed === null || found.expiresAt > setting.now) return;
  await destroySecret(tx, secretId, { expiredAt: setting.now });
  const { personId } = found;
  await journal(tx, setting, { event: "secret-expired", secretId, personId, actorId: null });
  await tellInPrivate(tx, [personId], { kind: "secret-expired", secretId }, setting);
}

function isGood({ sealed, expiresAt, isLinked }: OneTimeSecret, now: Date): boolean {
  return sealed !== null && isLinked && expiresAt > now;
}

function journal(
  tx: Tx,
  { now }: Setting,
  { event, secretId, personId, actorId }: { event: string; secretId: number; personId: number; actorId: number | null },
): Promise<unknown> {
  const subject = { kind: "secret", id: secretId } as const;
  return writeJournal(tx, { at: now, actorId, event, subject, details: { personId } });
}
