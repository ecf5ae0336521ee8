import { afterAll, beforeAll, test } from "vitest";
import { type CrashDesk, crashPoints, openCrashDesk } from "./desk.ts";
import { checkApplication, fileComplaint, issueWorkOrder } from "./procedures.ts";
import { expectNothingLostOrTwice } from "./settle.ts";

const timeout = 60_000;
let desk: CrashDesk;

beforeAll(async () => {
  desk = await openCrashDesk("siti", "dewi", "budi");
});
afterAll(() => desk.close());

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
