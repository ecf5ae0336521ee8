import { expect } from "vitest";
import { wordsOf } from "../../bot/replies/procedure-words.ts";
import { ticketNumber } from "../../core/domain/ticket/ticket.ts";
import type { Message } from "../../telegram-server/server.ts";
import type { CrashDesk, Filing } from "./desk.ts";
import { tokenOf } from "./person.ts";
import { numberOn } from "./procedures.ts";

const confirmation = "Tiket Anda sudah diterima";

/** When it is quiet again: what people did and were told, against what the database holds. */
export async function expectNothingLostOrTwice(desk: CrashDesk): Promise<void> {
  await desk.quiet();
  await expectEachFilingOnce(desk);
  await expectEachUpdateOnce(desk);
  await expectEachDeedOnce(desk);
  await expectEverythingSent(desk);
  expectFewRepetitions(desk);
  await expectTrueCards(desk);
}

/** Tickets are the filings that people completed, each under the number that its requester was told. */
async function expectEachFilingOnce({ db, filings }: CrashDesk): Promise<void> {
  const tickets = await db
    .selectFrom("ticket")
    .innerJoin("telegram_account", "telegram_account.person_id", "ticket.requester_id")
    .select(["ticket.id", "ticket.answers", "telegram_account.telegram_user_id as requester"])
    .orderBy("ticket.id")
    .execute();
  const filed = filings.map(({ ticketId, description, person }) => [ticketId, description, person.id] as const);
  expect(tickets.map(({ id, answers, requester }) => [id, answers.description, requester])).toEqual(
    filed.toSorted(([one], [other]) => one - other),
  );
  expect(await db.selectFrom("draft").selectAll().execute()).toEqual([]);
}

/** What Telegram got from people is in the inbox without a gap, and each was handled. */
async function expectEachUpdateOnce({ db, updates }: CrashDesk): Promise<void> {
  const inbox = await db.selectFrom("inbox").select(["update_id", "state"]).orderBy("update_id").execute();
  const [first] = inbox;
  expect(inbox).toEqual(
    Array.from({ length: updates() }, (_, index) => ({ update_id: (first?.update_id ?? 0) + index, state: "handled" })),
  );
}

/** Each thing that was done to a ticket has one entry, and each entry one row in the journal. */
async function expectEachDeedOnce({ db, deeds }: CrashDesk): Promise<void> {
  const entries = await db.selectFrom("entry").select(["id", "ticket_id", "kind", "step"]).orderBy("id").execute();
  const done = Map.groupBy(entries, ({ ticket_id }) => ticket_id);
  expect(new Map([...done].map(([ticketId, of]) => [ticketId, of.map(({ step, kind }) => step ?? kind)]))).toEqual(
    deeds,
  );
  const journal = await db.selectFrom("journal").select(["event", "subject_kind", "subject_id", "details"]).execute();
  const ofEntries = journal.flatMap(({ details: { entryId } }) => (typeof entryId === "number" ? [entryId] : []));
  expect(ofEntries.toSorted((one, other) => one - other)).toEqual(entries.map(({ id }) => id));
  const rows = journal.map((row) => JSON.stringify(row));
  expect(rows.filter((row, index) => rows.indexOf(row) !== index)).toEqual([]);
  const orders = await db.selectFrom("work_order_move").select("work_order_id").execute();
  expect(orders.length).toBe([...deeds.values()].filter((each) => each.includes("issue-work-order")).length);
}

async function expectEverythingSent({ db }: CrashDesk): Promise<void> {
  const unsent = db.selectFrom("outbox").select(["id", "message", "state", "last_error"]);
  expect(await unsent.where("state", "in", ["pending", "dead"]).execute()).toEqual([]);
}

/**
 * A kill repeats at most one message in a chat, and a copy has the buttons of the first. So every requester has the
 * confirmation of every ticket, and at most one more for each kill.
 */
function expectFewRepetitions({ people, filings, kills }: CrashDesk): void {
  for (const { name, shown } of Object.values(people)) {
    const tokens = shown.flatMap(({ isNew, message }) => (isNew ? (tokenOf(message) ?? []) : []));
    const repetitions = tokens.length - new Set(tokens).size;
    expect(repetitions, `repetitions in the chat of ${name}`).toBeLessThanOrEqual(kills());
  }
  for (const filing of filings) {
    const copies = confirmationsOf(filing);
    expect(copies.length, `confirmations of ${ticketNumber(filing.ticketId)}`).toBeGreaterThanOrEqual(1);
    expect(copies.length, `confirmations of ${ticketNumber(filing.ticketId)}`).toBeLessThanOrEqual(1 + kills());
    expect(new Set(copies.map(tokenOf)).size).toBe(1);
  }
}

/** As they came, before they were edited. */
export function confirmationsOf({ person, ticketId }: Filing): Message[] {
  const isIt = ({ text = "" }: Message) => text.includes(confirmation) && numberOn(text) === ticketId;
  return person.shown.flatMap(({ isNew, message }) => (isNew && isIt(message) ? [message] : []));
}

/**
 * The newest card of a ticket in a chat is the one that is kept up to date, and shows what the database holds. Another
 * one is a copy that a kill has left behind, of which nobody knows.
 */
async function expectTrueCards({ db, people }: CrashDesk): Promise<void> {
  const tickets = await db
    .selectFrom("ticket")
    .leftJoin("person", "person.id", "ticket.assignee_id")
    .select(["ticket.id", "ticket.state", "person.name as assignee"])
    .execute();
  const words = wordsOf({ name: "application-trouble" });
  const known = await db.selectFrom("ticket_card").selectAll().execute();
  for (const { id: chatId, fromBot, shown } of Object.values(people)) {
    const cards = Map.groupBy(fromBot().filter(isCard), ({ text = "" }) => numberOn(text));
    const newest = [...cards].map(([ticketId, copies]) => [ticketId, copies.at(-1)] as const);
    const kept = known.filter(({ chat_id }) => chat_id === chatId);
    expect(new Map(newest.map(([ticketId, card]) => [ticketId, card?.message_id]))).toEqual(
      new Map(kept.map(({ ticket_id, message_id }) => [ticket_id, message_id])),
    );
    for (const [ticketId, card] of newest) {
      const ticket = tickets.find(({ id }) => id === ticketId);
      expect(card?.text).toContain(`Keadaan: ${words.states[ticket?.state ?? ""]}`);
      expect(/Dikerjakan oleh: (.*)/.exec(card?.text ?? "")?.[1] ?? null).toBe(ticket?.assignee);
    }
    const tokens = shown.flatMap(({ isNew, message }) => (isNew ? [tokenOf(message)] : []));
    const left = [...cards.values()].flatMap((copies) => copies.slice(0, -1));
    for (const copy of left) {
      expect(tokens.filter((token) => token === tokenOf(copy)).length, copy.text).toBeGreaterThan(1);
    }
  }
}

function isCard({ text = "" }: Message): boolean {
  return text.includes("Keadaan: ");
}
