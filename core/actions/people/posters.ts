import { writeJournal } from "../../db/journal/journal.ts";
import { insertPaper } from "../../db/papers.ts";
import { findOffice } from "../../db/people/offices.ts";
import { findPoster, keepPoster, replacePoster } from "../../db/people/posters.ts";
import type { Tx } from "../../db/tables.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import { hasRole, type Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";
import { randomCode } from "./link-account.ts";

/** A link code has no hyphen, so the payload of START says by itself what it is. 12 characters of 31 are 59 bits. */
const tokenPrefix = "K-";
const tokenLength = 12;

/** Whether what came behind START is from a poster. */
export function isPosterToken(payload: string): boolean {
  return payload.toUpperCase().startsWith(tokenPrefix);
}

/** A poster as people type its code, too. */
export function readPosterToken(payload: string): string {
  return payload.trim().toUpperCase();
}

export type PosterWords = {
  /** "Kabupaten Labuhanbatu Utara" */
  regency: string;
  /** The bot's name, for the deep link. */
  botUsername: string;
};

/** Has the poster of an office made for the administrator who asks. An office keeps its token until it is replaced. */
export async function askForPoster(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: PosterWords & { officeId: number },
): Promise<Outcome> {
  if (!hasRole(administrator, "administrator")) return refuse("not-administrator");
  if (input.botUsername === "") return refuse("bot-name-unknown");
  const token = `${tokenPrefix}${randomCode(tokenLength)}`;
  const { isNew } = await keepPoster(tx, {
    officeId: input.officeId,
    token,
    issuedBy: administrator.id,
    now: setting.now,
  });
  if (isNew) await recordToken(tx, "poster-issued", administrator, setting, input.officeId);
  await print(tx, administrator, setting, input);
  return accept();
}

/**
 * "Ganti kode poster": the posters that hang are void, and a new one is made.
 *
 * @param input.formerToken the one that the administrator saw, so that a second press changes nothing
 */
export async function replacePosterToken(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: PosterWords & { officeId: number; formerToken: string },
): Promise<Outcome> {
  if (!hasRole(administrator, "administrator")) return refuse("not-administrator");
  if (input.botUsername === "") return refuse("bot-name-unknown");
  const isReplaced = await replacePoster(tx, {
    officeId: input.officeId,
    formerToken: input.formerToken,
    token: `${tokenPrefix}${randomCode(tokenLength)}`,
    issuedBy: administrator.id,
    now: setting.now,
  });
  if (!isReplaced) return refuse("poster-replaced-already");
  await recordToken(tx, "poster-replaced", administrator, setting, input.officeId);
  await print(tx, administrator, setting, input);
  return accept();
}

/** The address that START follows. */
export function posterLink(botUsername: string, token: string): string {
  return `https://t.me/${botUsername}?start=${token}`;
}

async function print(
  tx: Tx,
  { id: personId }: Person,
  { now, tasks }: Setting,
  { officeId, regency, botUsername }: PosterWords & { officeId: number },
): Promise<void> {
  const poster = await findPoster(tx, officeId);
  if (poster === undefined) throw new Error(`printing a poster: office ${officeId} has none`);
  const { name: officeName } = await findOffice(tx, officeId);
  const details = {
    officeId,
    officeName,
    regency,
    link: posterLink(botUsername, poster.token),
    issuedAt: poster.issuedAt.toISOString(),
  };
  const paperId = await insertPaper(tx, { personId, kind: "poster", details, now });
  await tasks.enqueue(tx, "make-paper", { paperId });
}

function recordToken(
  tx: Tx,
  event: "poster-issued" | "poster-replaced",
  administrator: Person,
  { now }: Setting,
  officeId: number,
): Promise<void> {
  return writeJournal(tx, { at: now, actorId: administrator.id, event, subject: { kind: "office", id: officeId } });
}
