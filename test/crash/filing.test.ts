import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { longTestMs } from "../support/patience.ts";
import { type CrashDesk, crashPoints, openCrashDesk } from "./desk.ts";
import { fileComplaint } from "./procedures.ts";
import { confirmationsOf, expectNothingLostOrTwice } from "./settle.ts";

const timeout = longTestMs;
let desk: CrashDesk;
/** Of the help desk nobody is linked, so that the first message after "Kirim" is the confirmation. */
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

test.each(crashPoints)(
  "a complaint is filed once when the bot is killed at its first answer, its description and its end, %s",
  { timeout },
  async (point) => {
    const kill = (_moment: string, act: () => Promise<void>) => desk.killedAt(point, act);

    const filing = await fileComplaint(desk, desk.people.siti, `Layar putih, ${point}`, kill);

    await expectNothingLostOrTwice(desk);
    expect(confirmationsOf(filing).length).toBe(point === "send-to-mark" ? 2 : 1);
  },
);

test("of a confirmation that was repeated both copies work", { timeout }, async () => {
  const { siti } = desk.people;
  const filing = await fileComplaint(desk, siti, "Tidak bisa login", (moment, act) =>
    moment === "Kirim" ? desk.killedAt("send-to-mark", act) : act(),
  );
  await desk.quiet();
  const copies = confirmationsOf(filing);
  expect(copies.length).toBe(2);

  for (const copy of copies) {
    await siti.pressOn(copy, "Tambah keterangan");
    await siti.sees("Tuliskan keterangan tambahan");
    await siti.say("Sejak tadi pagi");
    await siti.sees("Terkirim");
    desk.deeds.get(filing.ticketId)?.push("comment");
  }
  await expectNothingLostOrTwice(desk);
});
