import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cleanUp } from "../../../core/actions/clean-up.ts";
import { beginRegistration } from "../../../core/actions/people/register.ts";
import {
  addressImports,
  assetImports,
  nameImports,
  peopleImports,
  targetImports,
} from "../../../core/db/list-imports.ts";
import { enqueue } from "../../../core/db/outbox.ts";
import { insertPaper } from "../../../core/db/papers.ts";
import { keepPoster } from "../../../core/db/people/posters.ts";
import { insertRegistration, updateRegistration } from "../../../core/db/people/registrations.ts";
import { markStrangerAnswered, noteStranger } from "../../../core/db/people/strangers.ts";
import { insertAttachment } from "../../../core/db/ticket/attachments.ts";
import type { RegistrationState } from "../../../core/domain/people/registration.ts";
import { chatOf, minutesAfter, morning, openOffice, type TestOffice } from "../../support/office.ts";

const dayMinutes = 24 * 60;
const strangerChat = 5_000_001;

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  for (const table of ["registration", "stranger", "outbox", "paper"] as const) {
    await office.db.deleteFrom(table).execute();
  }
});

const cleanAfter = (days: number, minutes = 0) =>
  office.act((tx) => cleanUp(tx, office.setting(minutesAfter(morning, days * dayMinutes + minutes))));
const countOf = async (table: "registration" | "stranger" | "outbox" | "paper" | "attachment") => {
  const { count } = await office.db
    .selectFrom(table)
    .select((row) => row.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
};

async function said(chatId: number, state: "pending" | "sent" = "sent"): Promise<void> {
  await office.act((tx) => enqueue(tx, { chatId, message: { kind: "stranger" }, priority: 0, now: morning }));
  if (state === "sent") await office.deliver();
}

describe("what strangers leave behind", () => {
  it("is a row and an answer, and both are forgotten after seven days", async () => {
    await office.act((tx) => noteStranger(tx, strangerChat, morning));
    await office.act((tx) => markStrangerAnswered(tx, strangerChat, morning));
    await said(strangerChat);
    await cleanAfter(7);
    expect([await countOf("stranger"), await countOf("outbox")]).toEqual([1, 1]);
    await cleanAfter(7, 1);
    expect([await countOf("stranger"), await countOf("outbox")]).toEqual([0, 0]);
  });

  it("is not what was said to people, nor to a group, nor what still has to go", async () => {
    await said(chatOf(office.people.helpDesk));
    await said(-100_123);
    await said(strangerChat, "pending");
    await cleanAfter(8);
    expect(await countOf("outbox")).toBe(3);
  });
});

describe("a registration", () => {
  async function registration(state: RegistrationState): Promise<void> {
    await office.act(async (tx) => {
      const { officeId } = office.people.requester;
      const row = { telegramUserId: strangerChat, telegramName: "A", telegramUsername: null, officeId, now: morning };
      const id = await insertRegistration(tx, row);
      const sent = { nip: "199001012015012001", name: "A", sent_at: morning };
      const decided = { decided_by: office.people.administrator.id, decided_at: morning };
      const isDecided = state === "approved" || state === "rejected" || state === "needs-code";
      await updateRegistration(tx, id, { state, ...sent, ...(isDecided ? decided : {}), touched_at: morning });
    });
  }

  it.each<RegistrationState>(["asking-nip", "reviewing", "approved", "rejected", "needs-code", "withdrawn", "expired"])(
    "that is %s is forgotten seven days after it was touched",
    async (state) => {
      await registration(state);
      await cleanAfter(7);
      expect(await countOf("registration")).toBe(1);
      await cleanAfter(7, 1);
      expect(await countOf("registration")).toBe(0);
    },
  );

  it("that waits is kept for fourteen days, ends then, and is forgotten a week later", async () => {
    await registration("waiting");
    const state = async () => (await office.db.selectFrom("registration").select("state").execute())[0]?.state;
    await cleanAfter(13);
    expect(await state()).toBe("waiting");
    await cleanAfter(14);
    expect(await state()).toBe("expired");
    await cleanAfter(21, 1);
    expect(await state()).toBeUndefined();
  });

  it("by a poster that was opened and left is forgotten, too", async () => {
    await office.act((tx) =>
      keepPoster(tx, {
        officeId: office.people.requester.officeId,
        token: "K-TEST",
        issuedBy: office.people.administrator.id,
        now: morning,
      }),
    );
    const applicant = { telegramUserId: strangerChat, name: "A", username: undefined };
    await office.act((tx) => beginRegistration(tx, applicant, office.setting(), { token: "K-TEST" }));
    await office.deliver();
    await cleanAfter(8);
    expect([await countOf("registration"), await countOf("outbox")]).toEqual([0, 0]);
  });
});

const lists = {
  ...{ people: peopleImports, addresses: addressImports, names: nameImports, assets: assetImports },
  targets: targetImports,
};

describe("lists and papers", () => {
  it.each(Object.entries(lists))("lists of %s are forgotten after seven days, with their file", async (_, imports) => {
    const { id: personId } = office.people.administrator;
    await office.act(async (tx) => {
      const file = { kind: "document", name: "a.csv", mimeType: "text/csv", telegramFileId: "BQAC" } as const;
      const attachmentId = await insertAttachment(tx, { ...file, personId, draftId: null, field: null, now: morning });
      await imports.insert(tx, { personId, attachmentId, now: morning });
    });
    await cleanAfter(7);
    expect(await countOf("attachment")).toBe(1);
    await cleanAfter(7, 1);
    expect(await countOf("attachment")).toBe(0);
  });

  it("papers are forgotten after seven days", async () => {
    const { id: personId, officeId } = office.people.administrator;
    const link = "https://t.me/a";
    const details = { officeId, officeName: "A", regency: "B", link, issuedAt: morning.toISOString() };
    await office.act((tx) => insertPaper(tx, { personId, kind: "poster", details, now: morning }));
    await cleanAfter(7);
    expect(await countOf("paper")).toBe(1);
    await cleanAfter(7, 1);
    expect(await countOf("paper")).toBe(0);
  });
});
