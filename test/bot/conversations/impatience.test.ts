import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Fault, Intercept, Message } from "../../../telegram-server/server.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";
import { eventually, fault, gate } from "../support.ts";
import { beginComplaint, fileComplaint } from "./complaints.ts";

let desk: TestDesk;
/** Removing buttons fails as long as it is so; `tried` is how often it did. */
const removing = { fails: false, tried: 0 };
/** The calls of that method that wait until they may go on, before they are carried out, or are answered so. */
let holding: { method: string; opened: Promise<void>; held: number; answer: Fault | undefined } | undefined;

const intercept: Intercept = async ({ method }) => {
  if (method === holding?.method) {
    const { opened, answer } = holding;
    holding.held += 1;
    await opened;
    return answer;
  }
  if (method !== "editMessageReplyMarkup" || !removing.fails) return undefined;
  removing.tried += 1;
  return fault(502, "Bad Gateway");
};

beforeAll(async () => {
  desk = await openDesk({ intercept });
  await desk.link("user", "helpDesk");
  await desk.settled();
});
afterAll(() => desk.close());
afterEach(async () => {
  removing.fails = false;
  holding = undefined;
  await desk.settled();
  await desk.db.deleteFrom("draft").execute();
});

/** @returns lets the calls of that method go on that were held */
function hold(method: string, answer?: Fault): () => void {
  const { open, opened } = gate();
  holding = { method, opened, held: 0, answer };
  return () => {
    holding = undefined;
    open();
  };
}

const isHeld = () => eventually(() => holding?.held).toBeGreaterThan(0);

/** Without waiting for what comes of it. */
async function tap(who: CastName, message: Message, label: string): Promise<void> {
  const data = desk.buttonsOf(message).find(({ text }) => text.includes(label))?.callback_data ?? "";
  const id = desk.server.people.pressRaw(desk.idOf(who), message.message_id, data);
  const answers = () => desk.server.people.callbackAnswers(desk.idOf(who));
  await eventually(() => answers().map(({ callbackQueryId }) => callbackQueryId)).toContain(id);
}

/** As it stands in the chat now. */
const labelsNow = (who: CastName, message: Message) =>
  desk.labels(desk.fromBot(who).find(({ message_id }) => message_id === message.message_id) ?? message);

test("the former of two copies of a question that is answered at once keeps the buttons of the next", async () => {
  const ticketId = await fileComplaint(desk);
  const card = desk.card("helpDesk", ticketId);
  await desk.pressOn("helpDesk", card, "Terbitkan WO");
  const former = desk.newest("helpDesk");

  removing.fails = true;
  await tap("helpDesk", card, "Terbitkan WO");
  await eventually(() => removing.tried).toBeGreaterThan(0);
  const copy = desk.newest("helpDesk");
  expect(copy.message_id).toBeGreaterThan(former.message_id);
  await tap("helpDesk", former, "Belum diketahui");
  removing.fails = false;
  await desk.settled();

  expect(labelsNow("helpDesk", former)).toContain("Lewati ▶️");
  expect(labelsNow("helpDesk", copy)).toEqual([]);
});

test("a copy of a question that goes out when the other one was answered has no buttons", async () => {
  const ticketId = await fileComplaint(desk);
  const card = desk.card("helpDesk", ticketId);
  await desk.pressOn("helpDesk", card, "Terbitkan WO");
  const first = desk.newest("helpDesk");

  const goOn = hold("sendMessage");
  await tap("helpDesk", card, "Terbitkan WO");
  await isHeld();
  await tap("helpDesk", first, "Belum diketahui");
  goOn();
  await desk.settled();

  const copy = desk.newest("helpDesk");
  expect(copy.message_id).toBeGreaterThan(first.message_id);
  expect(labelsNow("helpDesk", first)).toContain("Lewati ▶️");
  expect(labelsNow("helpDesk", copy)).toEqual([]);
});

test("a question that goes out when the last answer was written already has no buttons", async () => {
  const ticketId = await fileComplaint(desk);
  await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Terbitkan WO");
  const question = desk.newest("helpDesk");

  const goOn = hold("editMessageText");
  await tap("helpDesk", question, "Belum diketahui");
  await isHeld();
  desk.say("helpDesk", "Sudah dua kali minggu ini");
  await eventually(() => desk.db.selectFrom("draft").select("id").execute()).toEqual([]);
  goOn();
  await desk.settled();

  expect(labelsNow("helpDesk", question)).toEqual([]);
});

test("a question whose place was deleted does not take the place of the next one", async () => {
  await beginComplaint(desk);
  const goOn = hold("editMessageText", fault(400, "Bad Request: message to edit not found"));
  await tap("user", desk.newest("user"), "SIPD");
  await isHeld();
  desk.say("user", "Tidak bisa login");
  const questions = () => desk.db.selectFrom("draft").select("question").execute();
  await eventually(questions).toEqual([{ question: "occurred-at" }]);
  goOn();
  await desk.settled();

  expect(desk.newestWords("user")).toContain("Sejak kapan");
  expect(desk.labels(desk.newest("user"))).toContain("Baru saja");
});

test("the question of a form that is thrown away elsewhere loses its buttons", async () => {
  const ticketId = await fileComplaint(desk);
  await beginComplaint(desk);
  const question = desk.newest("user");
  await desk.pressOn("user", desk.card("user", ticketId), "Tambah keterangan");
  await desk.tell("user", "Terjadi juga di komputer lain");
  const reminder = desk.newest("user");

  await desk.pressOn("user", reminder, "Batal");

  expect(labelsNow("user", question)).toEqual([]);
  expect(desk.wordsOf(desk.newest("user"))).toContain("Isian dibuang");
});

test("the question for words loses its buttons when they come as a reply to the card", async () => {
  const ticketId = await fileComplaint(desk);
  await desk.pressOn("user", desk.card("user", ticketId), "Tambah keterangan");
  const question = desk.newest("user");

  await desk.tell("user", "Sejak tadi pagi", desk.card("user", ticketId).message_id);

  expect(desk.allWords("user")).toContain("✅ Terkirim.");
  expect(labelsNow("user", question)).toEqual([]);
});

test("the list of requests for words that were thrown away does not come over what stands there now", async () => {
  await desk.tell("user", "Tolong dibantu");
  const question = desk.newest("user");
  await desk.pressOn("user", question, "Bukan apa-apa");

  expect(await desk.pressOn("user", question, "Jadikan permintaan")).not.toBe("");

  expect(desk.newestWords("user")).toContain("Isian dibuang");
});
