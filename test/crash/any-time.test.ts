import { afterAll, beforeAll, test } from "vitest";
import { longTestMs } from "../support/patience.ts";
import { type CrashDesk, openCrashDesk } from "./desk.ts";
import type { Person } from "./person.ts";
import { checkApplication, fileComplaint, issueWorkOrder } from "./procedures.ts";
import { expectNothingLostOrTwice } from "./settle.ts";

/** At which passing of the point since the start before. */
const kills = [
  ["inbox-to-action", 5],
  ["send-to-mark", 4],
  ["poll-to-inbox", 3],
  ["action-to-send", 9],
  ["send-to-mark", 15],
  ["inbox-to-action", 1],
  ["action-to-send", 1],
  ["poll-to-inbox", 7],
  ["send-to-mark", 1],
] as const;

const timeout = longTestMs;
let desk: CrashDesk;

beforeAll(async () => {
  desk = await openCrashDesk("siti", "rina", "joko", "dewi", "budi");
});
afterAll(() => desk.close());

test("tickets are the filings completed, whenever the bot is killed", {
  timeout,
}, async () => {
  const { siti, rina, joko } = desk.people;
  let isOver = false;
  let atHelpDesk = Promise.resolve();
  let atItSupport = Promise.resolve();
  /** So that the bot comes to every point, however many passings that takes. */
  const fileUntilItIsOver = async (person: Person) => {
    for (let number = 1; !isOver || number === 1; number += 1) {
      const { ticketId } = await fileComplaint(desk, person, `Keluhan ${number} dari ${person.name}`);
      const issued = atHelpDesk.then(() => issueWorkOrder(desk, ticketId));
      atHelpDesk = issued;
      atItSupport = atItSupport.then(() => issued).then(() => checkApplication(desk, ticketId));
    }
  };

  const killing = desk.killEach(kills).finally(() => {
    isOver = true;
  });
  await Promise.all([killing, ...[siti, rina, joko].map(fileUntilItIsOver)]);
  await Promise.all([atHelpDesk, atItSupport]);

  await expectNothingLostOrTwice(desk);
});
