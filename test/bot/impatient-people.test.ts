import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Press } from "../../bot/presses/press.ts";
import { refreshCards } from "../../core/actions/ticket/refresh-cards.ts";
import type { FaultRule, Message } from "../../telegram-server/server.ts";
import { type CastName, openDesk, type TestDesk } from "../support/desk.ts";
import { groupId, openGroupDesk } from "../support/staff-group.ts";

/** `IMPATIENT_ROUNDS=100 npx vitest run test/bot/impatient-people.test.ts` for more of them; `IMPATIENT_SEED` for others. */
const rounds = Number(process.env.IMPATIENT_ROUNDS ?? 4);
const seed = Number(process.env.IMPATIENT_SEED ?? 20_261_129);
/** On a machine that does other things too. */
const roundWithinMs = 120_000;

const requesters = ["user", "colleague"] as const;
const staff = ["helpDesk", "itSupport"] as const;
const people = [...requesters, ...staff];

/** What somebody does next. The numbers choose among what there is then. */
type Move =
  | { pauseMs: number; say: string; inGroup: boolean }
  /** @property back how many versions of messages ago the button was shown; @property mayLeave also Back, Cancel, and the like */
  | { pauseMs: number; button: number; back: number; taps: number; inGroup: boolean; mayLeave: boolean };

/** A message as it stood in the chat at some time. */
type Version = { messageId: number; topicId: number | undefined; buttons: { text: string; data: string }[] };

type Chat = { id: number; messages: () => Message[]; versions: Version[] };

const leaving = /Batal|Kembali|Bukan|menu|Bantuan/;
const words = "…";

const pauseMs = fc.oneof(fc.constant(0), fc.nat(60));
const pressing: fc.Arbitrary<Move> = fc.record({
  pauseMs,
  button: fc.nat(1000),
  back: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(6) }),
  taps: fc.constantFrom(1, 1, 2, 3),
  inGroup: fc.boolean(),
  mayLeave: fc.constantFrom(false, false, false, true),
});
const saying: fc.Arbitrary<Move> = fc.record({
  pauseMs,
  say: fc.constantFrom("/lapor", "/menu", "/antrean", "/tiket", "SIPD", "Baru saja", words, words, words),
  inGroup: fc.boolean(),
});
const moves = fc.array(fc.oneof({ weight: 2, arbitrary: pressing }, { weight: 1, arbitrary: saying }), {
  minLength: 6,
  maxLength: 14,
});
const round = fc.record({ faultSeed: fc.nat(2 ** 31), moves: fc.tuple(moves, moves, moves, moves) });

const methods = ["sendMessage", "editMessageText", "editMessageReplyMarkup", "createForumTopic"];
/** Of an answer that comes late, the message stands in the chat already. */
const faults: FaultRule[] = [
  { kind: "slow", delaySeconds: 0.01, probability: 0.15, methods },
  { kind: "slow", delaySeconds: 0.04, probability: 0.1, methods },
  { kind: "slow", delaySeconds: 0.1, probability: 0.05, methods },
  { kind: "server-error", status: 502, probability: 0.01, methods },
  { kind: "too-many-requests", retryAfterSeconds: 1, probability: 0.005, methods },
  { kind: "delete-message", methods: ["editMessageText"], probability: 0.03 },
];

let desk: TestDesk;
let chats: Map<number, Chat>;
/** How many texts of their own people have written. */
let written = 0;

function watch({ hasGroup }: { hasGroup: boolean }): void {
  const open = (id: number, messages: () => Message[]): Chat => ({ id, messages, versions: [] });
  chats = new Map(people.map((who) => [desk.idOf(who), open(desk.idOf(who), () => desk.fromBot(who))]));
  const inGroup = () => desk.server.people.groupMessages(groupId).filter(({ from }) => from.is_bot);
  if (hasGroup) chats.set(groupId, open(groupId, inGroup));
  desk.server.people.subscribe((event) => {
    if (!("message" in event) || !event.message.from.is_bot) return;
    const { chat, message_id: messageId, message_thread_id: topicId } = event.message;
    const buttons = buttonsOf(event.message);
    if (buttons.length > 0) chats.get(chat.id)?.versions.push({ messageId, topicId, buttons });
  });
}

const buttonsOf = (message: Message) =>
  desk.buttonsOf(message).flatMap(({ text, callback_data: data }) => (data === undefined ? [] : [{ text, data }]));

const isOpen = (topicId: number | undefined) =>
  desk.server.people.topics(groupId).some(({ id, isClosed }) => id === topicId && !isClosed);

async function live(who: CastName, all: readonly Move[], { hasGroup }: { hasGroup: boolean }): Promise<void> {
  const id = desk.idOf(who);
  const isStaff = staff.some((each) => each === who);
  for (const move of all) {
    await setTimeout(move.pauseMs);
    const isInGroup = hasGroup && isStaff && move.inGroup;
    const place = isInGroup ? { groupId } : {};
    const versions = chats.get(isInGroup ? groupId : id)?.versions ?? [];
    if ("say" in move) {
      const topicId = isInGroup ? versions.findLast(({ topicId: id }) => isOpen(id))?.topicId : undefined;
      if (isInGroup && topicId === undefined) continue;
      const text = move.say === words ? `Keluhan nomor ${++written}` : move.say;
      desk.server.people.sendText(id, text, topicId === undefined ? place : { ...place, topicId });
      continue;
    }
    const version = versions.at(-1 - move.back);
    if (version === undefined) continue;
    const others = version.buttons.filter(({ text }) => move.mayLeave || !leaving.test(text));
    const among = others.length > 0 ? others : version.buttons;
    const data = among[move.button % among.length]?.data ?? "";
    for (let tap = 0; tap < move.taps; tap += 1) desk.server.people.pressRaw(id, version.messageId, data, place);
  }
}

/** The questions of forms that the buttons are about, as `<draft> <question>`; undefined: of whichever question. */
function questionsOf(presses: readonly Press[]): { draftId: number; question: string | undefined }[] {
  return presses.flatMap((press) => {
    if (!("draftId" in press) || press.draftId === undefined) return [];
    if ("question" in press) return [{ draftId: press.draftId, question: press.question }];
    return [{ draftId: press.draftId, question: press.do === "submit" ? "review" : undefined }];
  });
}

/** The messages that ask a question of a form, with what their buttons are about. */
async function askings(): Promise<{ chatId: number; messageId: number; about: ReturnType<typeof questionsOf> }[]> {
  const rows = await desk.db.selectFrom("outbox").select(["token", "message", "presses"]).execute();
  const byToken = new Map(rows.map((row) => [row.token, row]));
  const found = [];
  for (const { id: chatId, messages } of chats.values()) {
    for (const message of messages()) {
      const presses = buttonsOf(message).flatMap(({ data }) => {
        const [token = "", index = ""] = data.split(".");
        const row = byToken.get(token);
        return row?.message.kind === "question" ? [row.presses?.[Number(index)] as Press] : [];
      });
      if (presses.length > 0) found.push({ chatId, messageId: message.message_id, about: questionsOf(presses) });
    }
  }
  return found;
}

/** Each form that is open is asked on by one message; no other one has buttons of a form's question. */
async function expectOneQuestionOfEachForm(): Promise<void> {
  const drafts = await desk.db.selectFrom("draft").select(["id", "chat_id", "form", "question"]).execute();
  const asked = await askings();
  const isPresent = (draft: (typeof drafts)[number], { about }: (typeof asked)[number]) =>
    about.every(({ draftId, question = draft.question }) => draftId === draft.id && question === draft.question);
  const shownIn = drafts.map((draft) => ({
    ...draft,
    in: asked.filter((asking) => asking.chatId === draft.chat_id && isPresent(draft, asking)),
  }));
  expect(shownIn.filter((draft) => draft.in.length !== 1)).toEqual([]);
  expect(asked.filter((asking) => !drafts.some((draft) => isPresent(draft, asking)))).toEqual([]);
}

async function expectEachThingOnce(): Promise<void> {
  const dead = desk.db.selectFrom("outbox").select(["id", "message", "last_error"]).where("state", "=", "dead");
  expect(await dead.execute()).toEqual([]);
  const parked = desk.db.selectFrom("inbox").select(["id", "payload", "last_error"]).where("state", "=", "parked");
  expect(await parked.execute()).toEqual([]);
  const filed = await desk.db.selectFrom("ticket").select("answers").execute();
  const entered = await desk.db.selectFrom("entry").select("answers").execute();
  const numbers = [...filed, ...entered].flatMap(({ answers }) => JSON.stringify(answers).match(/nomor \d+/g) ?? []);
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
}

/** The card of a ticket in a chat is its newest message of that kind, and shows what it would show if it were written now. */
async function expectTrueCards(): Promise<void> {
  const all = await desk.db.selectFrom("ticket_card").selectAll().execute();
  const kept = all.filter(({ chat_id }) => chats.has(chat_id));
  const shown = [...chats.values()].flatMap(({ id, messages }) =>
    messages().flatMap((message) => (isCard(message) ? [`${id} ${ticketOf(message)} ${message.message_id}`] : [])),
  );
  const known = kept.map(({ chat_id, ticket_id, message_id }) => `${chat_id} ${ticket_id} ${message_id}`);
  expect(shown.toSorted()).toEqual(known.toSorted());

  const before = cards();
  await desk.db.transaction().execute(async (tx) => {
    for (const id of new Set(kept.map(({ ticket_id }) => ticket_id))) await refreshCards(tx, id, desk.setting());
  });
  await desk.settled();
  expect(cards()).toEqual(before);
}

const isCard = (message: Message) => desk.wordsOf(message).includes("\nKeadaan: ");
const ticketOf = (message: Message) => Number(/T-(\d+) · /.exec(desk.wordsOf(message))?.[1]);

/** Without the news above them, which an edit leaves out. */
function cards() {
  const all = [...chats.values()].flatMap(({ messages }) => messages().filter(isCard));
  return all.map((card) => [card.message_id, desk.wordsOf(card).replace(/^.*?(?=T-\d+ · )/s, ""), desk.labels(card)]);
}

describe.each([
  { where: "in private", open: () => openDesk(), hasGroup: false },
  { where: "in a staff group", open: async () => (await openGroupDesk()).desk, hasGroup: true },
])("people who press twice, press what was shown before, and type meanwhile, $where", ({ open, hasGroup }) => {
  beforeAll(async () => {
    desk = await open();
    if (!hasGroup) await desk.link(...people);
    await desk.settled();
    watch({ hasGroup });
  });
  afterAll(() => desk.close());

  const samples = fc.sample(round, { numRuns: rounds, seed: seed + (hasGroup ? 1 : 0) });
  test.each(samples.map((sample, index) => ({ index, ...sample })))(
    "can all go on, and each thing was done once, round $index",
    async ({ faultSeed, moves: all }) => {
      desk.server.faults.start({ seed: faultSeed, rules: faults });
      await Promise.all(people.map((who, index) => live(who, all[index] ?? [], { hasGroup })));
      await desk.settled(roundWithinMs);
      desk.server.faults.end();

      await expectOneQuestionOfEachForm();
      await expectEachThingOnce();
      await expectTrueCards();
    },
    roundWithinMs,
  );
});
