import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { FaultRule } from "../../telegram-server/server.ts";
import type { Filing } from "../crash/desk.ts";
import { openPerson, type Person, tokenOf } from "../crash/person.ts";
import { fileComplaint } from "../crash/procedures.ts";
import { confirmationsOf } from "../crash/settle.ts";
import { openDesk, type TestDesk } from "../support/desk.ts";
import { longTestMs } from "../support/patience.ts";
import { beginComplaint } from "./conversations/complaints.ts";

const timeout = longTestMs;
/** None of them hears of tickets of others. */
const requesters = ["user", "colleague", "deputy", "otherOffice"] as const;
const callsOfTheBot = [
  "getUpdates",
  "sendMessage",
  "editMessageText",
  "editMessageReplyMarkup",
  "answerCallbackQuery",
  "setMyCommands",
];

let desk: TestDesk;
let people: Person[];
let filings: Filing[];

beforeAll(async () => {
  desk = await openDesk();
  await desk.link(...requesters, "helpDesk");
  await desk.settled();
  people = requesters.map((who) => openPerson(desk.server, { id: desk.idOf(who), name: who, isImpatient: false }));
  filings = [];
});
afterAll(() => desk.close());
afterEach(() => desk.server.faults.end());

/** Everybody files at once. */
async function everybodyFiles(about: string): Promise<Filing[]> {
  return Promise.all(
    people.map((person) => fileComplaint({ filings, deeds: new Map() }, person, `${about}, ${person.name}`)),
  );
}

/** When all is quiet: each filing is one ticket, every update was handled, and all that is to be said is said. */
async function expectNothingLostOrTwice(): Promise<void> {
  desk.server.faults.end();
  await desk.settled();
  const tickets = await desk.db.selectFrom("ticket").select(["id", "answers"]).orderBy("id").execute();
  const filed = filings.map(({ ticketId, description }) => [ticketId, description] as const);
  expect(tickets.map(({ id, answers }) => [id, answers.description])).toEqual(
    filed.toSorted(([one], [other]) => one - other),
  );
  const unsent = desk.db.selectFrom("outbox").select(["message", "state", "last_error"]);
  expect(await unsent.where("state", "in", ["pending", "dead"]).execute()).toEqual([]);
  const unhandled = desk.db.selectFrom("inbox").select(["payload", "state", "last_error"]);
  expect(await unhandled.where("state", "<>", "handled").execute()).toEqual([]);
}

const kindsThatHappened = () => new Set(desk.server.faults.record().map(({ rule }) => rule.kind));

test("updates that come twice, late and out of order lose no ticket and double none", { timeout }, async () => {
  const rules: FaultRule[] = [
    { kind: "duplicate", probability: 0.5 },
    { kind: "late", delaySeconds: 0.1, probability: 0.3 },
    { kind: "reorder" },
  ];
  desk.server.faults.start({ seed: 11, rules });

  const filed = await everybodyFiles("Layar putih");

  expect(kindsThatHappened()).toEqual(new Set(["duplicate", "late", "reorder"]));
  await expectNothingLostOrTwice();
  for (const filing of filed) expect(confirmationsOf(filing)).toHaveLength(1);
});

test("a message whose answer is lost comes once more in its chat, and both copies are one", { timeout }, async () => {
  const lost: FaultRule = { kind: "dropped-after", methods: ["sendMessage"], next: 1 };
  // Of these people nobody is told of anything but their own ticket, so that it is the confirmation that is lost.
  const filed = await Promise.all(
    people.map((person) =>
      fileComplaint({ filings, deeds: new Map() }, person, `Jawaban hilang, ${person.name}`, async (moment, act) => {
        if (moment === "Kirim") {
          const rules = desk.server.faults.plan()?.rules ?? [];
          desk.server.faults.start({ rules: [...rules, { ...lost, chat: person.id }] });
        }
        await act();
      }),
    ),
  );

  await expectNothingLostOrTwice();
  expect(desk.server.faults.record()).toHaveLength(people.length);
  for (const filing of filed) {
    const copies = confirmationsOf(filing);
    expect(copies).toHaveLength(2);
    expect(new Set(copies.map(tokenOf)).size).toBe(1);
  }
});

test("a storm of 5xx, 429 and cut connections ends with all delivered", { timeout }, async () => {
  const shared = { methods: callsOfTheBot, probability: 0.15, next: 6 };
  const rules: FaultRule[] = [
    { kind: "server-error", status: 500, ...shared },
    { kind: "server-error", status: 502, ...shared },
    { kind: "too-many-requests", retryAfterSeconds: 1, ...shared },
    { kind: "dropped-before", ...shared },
    { kind: "slow", delaySeconds: 0.05, ...shared },
  ];
  desk.server.faults.start({ seed: 5, rules });

  const filed = await everybodyFiles("Tidak bisa masuk");

  expect(kindsThatHappened()).toEqual(new Set(rules.map(({ kind }) => kind)));
  await expectNothingLostOrTwice();
  for (const filing of filed) expect(confirmationsOf(filing)).toHaveLength(1);
});

test("a question whose message was deleted before it came there comes as a new one", async () => {
  await beginComplaint(desk, "user");
  const deletion: FaultRule = {
    kind: "delete-message",
    methods: ["editMessageText"],
    chat: desk.idOf("user"),
    next: 1,
  };
  desk.server.faults.start({ rules: [deletion] });

  await desk.press("user", "SIMPEG");

  expect(desk.server.faults.record()).toHaveLength(1);
  expect(desk.newestWords("user")).toContain("Apa yang terjadi?");
  expect(desk.hasButton("user", "Batal")).toBe(true);
});
