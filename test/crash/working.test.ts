import { afterAll, afterEach, beforeAll, test } from "vitest";
import { longTestMs } from "../support/patience.ts";
import { type CrashDesk, crashPoints, openCrashDesk } from "./desk.ts";
import { checkApplication, fileComplaint, issueWorkOrder } from "./procedures.ts";
import { expectNothingLostOrTwice } from "./settle.ts";

const timeout = longTestMs;
let desk: CrashDesk;
const open = () => openCrashDesk("siti", "dewi", "budi");

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
  "work on a ticket is done once when the bot is killed at its steps, %s",
  { timeout },
  async (point) => {
    const kill = (_moment: string, act: () => Promise<void>) => desk.killedAt(point, act);
    const { ticketId } = await fileComplaint(desk, desk.people.siti, `Tidak bisa login, ${point}`);

    await issueWorkOrder(desk, ticketId, kill);
    await checkApplication(desk, ticketId, kill);

    await expectNothingLostOrTwice(desk);
  },
);
