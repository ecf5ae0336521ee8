import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { CrashPoint } from "../../bot/crash-points.ts";
import { longTestMs } from "../support/patience.ts";
import { type CrashDesk, crashPoints, openCrashDesk } from "./desk.ts";
import { fileComplaint } from "./procedures.ts";
import { confirmationsOf, expectNothingLostOrTwice } from "./settle.ts";

/** All of its connections but the one by which it is the only bot on the database, and that for events. */
const ofTheBot = ["simpul application", "simpul lock poller", "simpul lock sender"];

const timeout = longTestMs;
let desk: CrashDesk;
const open = () => openCrashDesk("siti");

beforeAll(async () => {
  desk = await open();
});
afterAll(() => desk.close());
// The bot of a test that failed may still be about to be killed, and what was begun there is half done.
afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  await desk.close();
  desk = await open();
});

test.each(crashPoints)("a stop finishes what runs and repeats nothing, %s", { timeout }, async (point) => {
  const description = `Layar putih, ${point}`;
  const filing = await fileComplaint(desk, desk.people.siti, description, async (moment, act) => {
    if (moment !== "Kirim") return act();
    const ending = await desk.interrupted({ at: point, passing: 1, by: "SIGTERM" }, act);
    expect(ending).toEqual({ signal: null, code: 0, at: point });
    expect(await hasGoneThrough(point, description)).toBe(true);
    desk.start();
  });

  await expectNothingLostOrTwice(desk);
  expect(confirmationsOf(filing).length).toBe(1);
});

/** Whether the complaint came as far as the step that was under way at that point leads. */
async function hasGoneThrough(point: CrashPoint, description: string): Promise<boolean> {
  const stored = await desk.db.selectFrom("inbox").select("id").execute();
  if (point === "poll-to-inbox") return stored.length === desk.updates();
  const tickets = await desk.db.selectFrom("ticket").select(["id", "answers"]).execute();
  const ticket = tickets.find(({ answers }) => answers.description === description);
  if (point === "inbox-to-action" || ticket === undefined) return ticket !== undefined;
  const cards = await desk.db.selectFrom("ticket_card").select("ticket_id").execute();
  return cards.some(({ ticket_id }) => ticket_id === ticket.id);
}

test.each(crashPoints)("a bot whose connections die goes on, and repeats nothing, %s", { timeout }, async (point) => {
  const filing = await fileComplaint(desk, desk.people.siti, `Tidak bisa login, ${point}`, async (moment, act) => {
    if (moment !== "Kirim") return act();
    await desk.paused(point, act);
    const ended = await desk.endSessions(...ofTheBot, "simpul events");
    expect(ended).toEqual(expect.arrayContaining(ofTheBot));
    desk.present().order({ do: "go-on" });
  });

  await expectNothingLostOrTwice(desk);
  expect(confirmationsOf(filing).length).toBe(1);
});

test("a bot that loses the connection by which it is the only one takes its place again, and loses nothing", {
  timeout,
}, async () => {
  const filing = await fileComplaint(desk, desk.people.siti, "Muncul pesan kesalahan", async (moment, act) => {
    if (moment !== "Kirim") return act();
    const bot = desk.present();
    await desk.paused("inbox-to-action", act);
    expect(await desk.endSessions("simpul one per database")).toHaveLength(1);
    bot.order({ do: "go-on" });
  });

  await expectNothingLostOrTwice(desk);
  expect(confirmationsOf(filing).length).toBe(1);
});
