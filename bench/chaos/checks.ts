import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { exportJournal } from "../../cli/journal-export.ts";
import { verifyJournalFile } from "../../cli/journal-file.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Catalogue } from "../../core/domain/catalogue/catalogue.ts";
import { ticketNumber } from "../../core/domain/ticket/ticket.ts";
import type { Message } from "../../telegram-server/server.ts";
import { tokenOf } from "../../test/crash/person.ts";
import type { Book } from "./book.ts";
import type { Outage } from "./database.ts";
import { isConfirmation } from "./filing.ts";
import type { Kill } from "./fire.ts";
import type { OwnEnding, PartStop } from "./service-manager.ts";
import { type Sight, type Telephone, ticketOf } from "./telephone.ts";
import { showsState } from "./work.ts";

/** What must hold, and what was found against it. */
export type Check = { name: string; found: string; problems: string[] };

export type Evidence = {
  db: Db;
  book: Book;
  catalogue: Catalogue;
  telephones: readonly Telephone[];
  /** Of bots and database: what was being sent then may come once more. */
  interruptions: readonly number[];
  lostAnswers: readonly { at: number; chat: number }[];
  filesFolder: string;
  folder: string;
  ownEndings: readonly OwnEnding[];
  outages: readonly Outage[];
};

/** What was on its way when its sender was killed still arrives, on a busy machine that much later. */
const arrivesWithinMs = 4_000;
/** What has no buttons, by which its copies are known, is repeated within that. */
const repeatedWithinMs = 90_000;
/** A part that starts while its database is away says so, and ends at most so long after. */
const startWithinMs = 30_000;
/** Why a message is rightly not sent: what it would say is past. */
const nothingToSay = "nothing left to say";
const couldNotStart = "Simpul could not start.";

export async function checkAll(evidence: Evidence): Promise<{ checks: Check[]; repetitions: number }> {
  const repetitions = await checkRepetitions(evidence);
  const checks = [
    await checkFilings(evidence),
    await checkUpdates(evidence),
    await checkDeeds(evidence),
    await checkStates(evidence),
    checkConfirmations(evidence),
    repetitions,
    await checkDelivered(evidence),
    await checkJournal(evidence),
    checkPatience(evidence),
    checkEndings(evidence),
  ];
  return { checks, repetitions: repetitions.count };
}

/** Tickets are the filings that people completed, each once, under the number and with the words of its requester. */
async function checkFilings({ db, book }: Evidence): Promise<Check> {
  const rows = await db
    .selectFrom("ticket")
    .innerJoin("telegram_account", "telegram_account.person_id", "ticket.requester_id")
    .select(["ticket.id", "ticket.procedure", "ticket.item", "ticket.answers", "telegram_user_id as requester"])
    .execute();
  const stored = rows.map(({ id, procedure, item, answers, requester }) =>
    [ticketNumber(id), item ?? procedure, answers.description, requester].join(" · "),
  );
  const filed = [...book.tickets.values()].map(({ id, kind, description, requester }) =>
    [ticketNumber(id), kind, description, requester.telephone.id].join(" · "),
  );
  const drafts = await db.selectFrom("draft").select(["id", "form", "chat_id"]).execute();
  return {
    name: "tickets are the filings that people completed, each once",
    found: `${filed.length} filings, ${stored.length} tickets`,
    problems: [
      ...differences(filed, stored, "filed", "a ticket"),
      ...drafts.map(({ id, form, chat_id }) => `draft ${id} (${form}) is left in chat ${chat_id}`),
    ],
  };
}

/** What Telegram got from people is in the inbox once, and was handled. */
async function checkUpdates({ db, telephones }: Evidence): Promise<Check> {
  const sent = telephones.reduce((sum, { updates }) => sum + updates, 0);
  const rows = await db.selectFrom("inbox").select(["id", "update_id", "state", "last_error"]).execute();
  const ids = new Set(rows.map(({ update_id }) => update_id));
  return {
    name: "every update is in the inbox once, and was handled",
    found: `${sent} sent, ${rows.length} stored`,
    problems: [
      ...(sent === rows.length && ids.size === rows.length
        ? []
        : [`${sent} sent, ${rows.length} rows, ${ids.size} ids`]),
      ...rows
        .filter(({ state }) => state !== "handled")
        .map((row) => `inbox ${row.id} is ${row.state}: ${row.last_error}`),
    ],
  };
}

/** Each thing that somebody did to a ticket has one entry, and each entry one row in the journal. */
async function checkDeeds({ db, book }: Evidence): Promise<Check> {
  const entries = await db.selectFrom("entry").select(["id", "ticket_id", "kind", "step"]).execute();
  const stored = entries.map(({ ticket_id, kind, step }) => `${ticketNumber(ticket_id)} ${step ?? kind}`);
  const done = [...book.tickets.values()].flatMap(({ id, deeds }) =>
    deeds.map((deed) => `${ticketNumber(id)} ${deed}`),
  );
  const journal = await db.selectFrom("journal").select(["id", "details"]).execute();
  const journalled = journal.flatMap(({ details: { entryId } }) =>
    typeof entryId === "number" ? [String(entryId)] : [],
  );
  const ids = entries.map(({ id }) => String(id));
  return {
    name: "what people did to tickets was done once, and is in the journal once",
    found: `${done.length} deeds, ${entries.length} entries`,
    problems: [
      ...differences(done, stored, "done", "an entry"),
      ...differences(ids, journalled, "entry", "a row of the journal"),
    ],
  };
}

/** Every state that somebody was told is that of the database, also on the newest card in each chat. */
async function checkStates({ db, book, catalogue, telephones }: Evidence): Promise<Check> {
  const rows = await db
    .selectFrom("ticket")
    .leftJoin("person", "person.id", "ticket.assignee_id")
    .select(["ticket.id", "ticket.state", "person.name as assignee"])
    .execute();
  const kept = await db.selectFrom("ticket_card").select(["chat_id", "ticket_id", "message_id"]).execute();
  const keptAs = new Map(kept.map(({ chat_id, ticket_id, message_id }) => [`${chat_id} ${ticket_id}`, message_id]));
  const problems: string[] = [];
  let cards = 0;
  for (const { id, state, assignee } of rows) {
    const ticket = book.tickets.get(id);
    if (ticket === undefined) continue; // told of by another check
    if (ticket.state !== state) problems.push(`${ticketNumber(id)} is ${state}, and people were told ${ticket.state}`);
    for (const telephone of telephones) {
      const card = telephone.card(id);
      if (card === undefined) continue;
      cards += 1;
      const where = `${ticketNumber(id)} in the chat of ${telephone.name}`;
      const worker = /^Dikerjakan oleh: (.*)$/m.exec(card.text ?? "")?.[1] ?? null;
      if (!showsState(card, ticket, state, catalogue))
        problems.push(`${where} is ${state}, and shows ${stateOn(card.text)}`);
      if (worker !== assignee) problems.push(`${where} is worked on by ${assignee}, and shows ${worker}`);
      const known = keptAs.get(`${telephone.id} ${id}`);
      if (known !== card.message_id)
        problems.push(`${where}: the card that changes is ${card.message_id}, known is ${known}`);
    }
  }
  return {
    name: "every state that somebody was told is the state in the database",
    found: `${rows.length} tickets, ${cards} cards`,
    problems,
  };
}

function stateOn(text = ""): string {
  return /^Keadaan: (.*)$/m.exec(text)?.[1] ?? text;
}

/**
 * Of the copies of a message the last one is known; each other one was sent while a sender was killed, or its answer was
 * lost, and one such moment repeats at most one message in a chat.
 */
async function checkRepetitions(evidence: Evidence): Promise<Check & { count: number }> {
  const { db, telephones } = evidence;
  // A row that was dropped as an edit had gone out as that message before.
  const rows = await db
    .selectFrom("outbox")
    .select(["chat_id", "state", "sent_message_id", "edits_message_id"])
    .execute();
  const known = new Set(
    rows.map((row) => `${row.chat_id} ${row.state === "dropped" ? row.edits_message_id : row.sent_message_id}`),
  );
  const problems: string[] = [];
  let count = 0;
  for (const telephone of telephones) {
    const copies = telephone.sights.filter(
      ({ isNew, message }) => isNew && !known.has(`${telephone.id} ${message.message_id}`),
    );
    count += copies.length;
    const moments = momentsFor(telephone, evidence);
    for (const copy of copies) {
      const until = repeatedAt(telephone, copy);
      const explained = moments.findIndex((at) => at >= copy.at - arrivesWithinMs && at <= until);
      if (explained >= 0) moments.splice(explained, 1);
      else problems.push(`in the chat of ${telephone.name} was repeated without a reason: ${describe(copy)}`);
    }
  }
  const reasons = evidence.interruptions.length + evidence.lostAnswers.length;
  return {
    name: "a kill or a lost answer repeats at most one message in a chat",
    found: `${count} repetitions; ${reasons} kills of a bot or the database, and lost answers`,
    problems,
    count,
  };
}

function repeatedAt({ sights }: Telephone, copy: Sight): number {
  const same = (message: Message) => tokenOf(message) ?? message.text;
  const isNext = ({ index, isNew, message }: Sight) =>
    isNew && index > copy.index && same(message) === same(copy.message);
  return sights.find(isNext)?.at ?? copy.at + repeatedWithinMs;
}

function momentsFor({ id }: Telephone, { interruptions, lostAnswers }: Evidence): number[] {
  const lost = lostAnswers.filter(({ chat }) => chat === id).map(({ at }) => at);
  return [...interruptions, ...lost].sort((one, other) => one - other);
}

function describe({ at, message }: Sight): string {
  return `#${message.message_id} at ${new Date(at).toISOString()}, ${(message.text ?? "").slice(0, 60).replaceAll("\n", " | ")}`;
}

/** Every requester has the confirmation of every ticket, and copies of it have the same buttons. */
function checkConfirmations({ book }: Evidence): Check {
  const problems = [...book.tickets.values()].flatMap(({ id, requester }) => {
    const told = requester.telephone.sights.filter((sight) => isConfirmation(sight) && ticketOf(sight.message) === id);
    const tokens = new Set(told.map(({ message }) => tokenOf(message)));
    return tokens.size === 1
      ? []
      : [`${ticketNumber(id)} was confirmed to ${requester.name} by ${tokens.size} different messages`];
  });
  return {
    name: "every filing was confirmed, and its copies are the same message",
    found: `${book.tickets.size} confirmations`,
    problems,
  };
}

/** Nothing waits to be sent, nothing was given up, all that is said to be sent was seen, and what people attached is kept. */
async function checkDelivered({ db, book, telephones, filesFolder }: Evidence): Promise<Check> {
  const outbox = await db.selectFrom("outbox").selectAll().execute();
  const files = await db.selectFrom("attachment").select(["id", "state", "sha256"]).execute();
  const seen = new Set(
    telephones.flatMap(({ id, sights }) => sights.map(({ message }) => `${id} ${message.message_id}`)),
  );
  const isLost = (row: (typeof outbox)[number]) =>
    row.state === "sent" && row.sent_message_id !== null && !seen.has(`${row.chat_id} ${row.sent_message_id}`);
  const isUndone = ({ state, last_error }: (typeof outbox)[number]) =>
    state === "pending" || state === "dead" || (state === "dropped" && last_error !== nothingToSay);
  const problems = outbox
    .filter((row) => isUndone(row) || isLost(row))
    .map(
      ({ id, state, message, last_error }) =>
        `outbox ${id} (${message.kind}) is ${state}, and was not seen: ${last_error}`,
    );
  problems.push(...unreadReplies(book));
  const documents = telephones.reduce((sum, telephone) => sum + telephone.documents, 0);
  if (documents !== files.length) problems.push(`${documents} files were sent, and ${files.length} are known`);
  for (const { id, state, sha256 } of files) {
    const bytes = sha256 === null ? undefined : await readFile(join(filesFolder, sha256)).catch(() => undefined);
    const isKept =
      state === "stored" && bytes !== undefined && createHash("sha256").update(bytes).digest("hex") === sha256;
    if (!isKept) problems.push(`attachment ${id} is ${state}${bytes === undefined ? ", and is no file" : ""}`);
  }
  const sent = outbox.filter(({ state }) => state === "sent").length;
  return { name: "nothing is undelivered", found: `${sent} messages sent, ${files.length} files kept`, problems };
}

function unreadReplies({ tickets }: Book): string[] {
  return [...tickets.values()].flatMap(({ id, replies, requester }) =>
    replies
      .filter((words) => !requester.telephone.sights.some(({ message }) => message.text?.includes(words)))
      .map((words) => `${requester.name} never saw the reply "${words}" on ${ticketNumber(id)}`),
  );
}

/** Every row is sealed, and the exported chain verifies. */
async function checkJournal({ db, folder }: Evidence): Promise<Check> {
  const name = "the journal verifies";
  const path = join(folder, "journal.jsonl");
  const exported = await exportJournal(db, path, new Date());
  if (!exported.ok) return { name, found: "", problems: [`exporting it: ${JSON.stringify(exported)}`] };
  const verdict = await verifyJournalFile(path, exported.head);
  const waiting = exported.waiting === 0 ? [] : [`${exported.waiting} rows wait to be sealed`];
  return {
    name,
    found: `${exported.rows} rows`,
    problems: [...waiting, ...(verdict.ok ? [] : [JSON.stringify(verdict)])],
  };
}

/** Nobody waited in vain for what they had pressed or written. */
function checkPatience({ book, telephones }: Evidence): Check {
  const waits = telephones.reduce((sum, { waits: of }) => sum + of.length, 0);
  return { name: "whatever people did had its effect", found: `${waits} waits for an answer`, problems: book.inVain };
}

/** A part ends by itself only where it starts and its database is away: what runs waits for it. */
function checkEndings({ ownEndings, outages }: Evidence): Check {
  const wasAway = (at: number) => outages.some(({ from, until }) => at >= from && at <= until + startWithinMs);
  const isExcused = ({ at, words }: OwnEnding) => words.includes(couldNotStart) && wasAway(at);
  const problems = ownEndings
    .filter((ending) => !isExcused(ending))
    .map(
      ({ post, code, at, words }) =>
        `${post} ended with code ${code} at ${new Date(at).toISOString()}: ${words.slice(-1500)}`,
    );
  return {
    name: "parts end by themselves only when they start and the database is away",
    found: `${ownEndings.length} ended`,
    problems,
  };
}

/** Told to stop, a part ends cleanly. */
export function checkStops(stops: readonly PartStop[]): Check {
  return {
    name: "a part that is told to stop ends with code 0",
    found: `${stops.length} stops`,
    problems: stops.filter(({ code }) => code !== 0).map(({ post, code, signal }) => `${post}: ${code ?? signal}`),
  };
}

/** Moments at which something that sends, or marks what was sent, was ended. */
export function interruptionsOf(kills: readonly Kill[]): number[] {
  const isSender = ({ victim }: Kill) => victim.startsWith("bot") || victim === "postgres";
  return kills.filter(isSender).map(({ at }) => at);
}

/** Each value as often on one side as on the other. */
function differences(
  expected: readonly string[],
  found: readonly string[],
  what: string,
  counterpart: string,
): string[] {
  const counts = new Map<string, number>();
  for (const each of expected) counts.set(each, (counts.get(each) ?? 0) + 1);
  for (const each of found) counts.set(each, (counts.get(each) ?? 0) - 1);
  return [...counts].flatMap(([each, count]) =>
    count === 0
      ? []
      : [count > 0 ? `${what} without ${counterpart}: ${each}` : `${counterpart} that is not ${what}: ${each}`],
  );
}
