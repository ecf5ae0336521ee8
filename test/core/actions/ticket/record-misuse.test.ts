import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordMisuse } from "../../../../core/actions/ticket/record-misuse.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";

const note = "Wi-Fi kantor dipakai menambang kripto.";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => void (await office.takeMail()));

const record = (by: Person, ticketId: number, words = note) =>
  office.act((tx) => recordMisuse(tx, by, office.setting(), { ticketId, note: words }));

describe("misuse (R64)", () => {
  it.each(["helpDesk", "dataCenter", "infrastructure", "leadership"] as const)("is recorded by: %s", async (who) => {
    const id = await office.file({ procedure: "short-request" });
    expect(await record(office.people[who], id)).toMatchObject({ ok: true });
  });

  it("is told to leadership alone, and is in the journal without a word", async () => {
    const id = await office.file({ procedure: "short-request" });
    await office.takeMail();

    await record(office.people.infrastructure, id);

    expect((await office.takeMail()).map(({ to, kind }) => `${to}: ${kind}`)).toEqual([
      `${office.people.leadership.name}: misuse-recorded`,
    ]);
    const row = await office.db
      .selectFrom("journal")
      .select(["event", "actor_id", "details"])
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    const [entry] = await listEntries(office.db, id, { offset: 0, limit: 1, withInternalNotes: true });
    expect(row).toEqual({
      event: "misuse-recorded",
      actor_id: office.people.infrastructure.id,
      details: { entryId: entry?.id },
    });
    expect(entry).toMatchObject({ kind: "internal-note", answers: { about: "misuse", note } });
  });

  it("is not in the history that the requester's side reads", async () => {
    const id = await office.file({ procedure: "short-request" });
    await record(office.people.helpDesk, id);

    const seen = await listEntries(office.db, id, { offset: 0, limit: 10, withInternalNotes: false });
    expect(seen.map(({ kind }) => kind)).toEqual(["filed"]);
  });

  it("of a ticket that has ended is recorded too", async () => {
    const id = await office.file({ procedure: "short-request" });
    await office.walk(id, [["cancel", "user", { note: "Keliru." }]]);
    expect((await record(office.people.helpDesk, id)).ok).toBe(true);
  });
});

describe("recording it is refused, and nothing is written", () => {
  it.each<[string, "itSupport" | "requester" | "neighbour", string]>([
    ["to IT support", "itSupport", "not-a-witness-of-misuse"],
    ["to the requester", "requester", "not-a-witness-of-misuse"],
    ["to somebody who may not see the ticket", "neighbour", "no-such-ticket"],
  ])("%s", async (_, who, code) => {
    const id = await office.file({ procedure: "short-request" });
    const before = await office.contents();

    expect(await record(office.people[who], id)).toMatchObject({ refusal: { code } });
    expect(await office.contents()).toEqual(before);
  });

  it("on a ticket of one's own", async () => {
    const id = await office.file({ procedure: "short-request", by: office.people.helpDesk });
    expect(await record(office.people.helpDesk, id)).toMatchObject({ refusal: { code: "not-your-own-misuse" } });
  });

  it("without words", async () => {
    const id = await office.file({ procedure: "short-request" });
    expect(await record(office.people.helpDesk, id, " ")).toMatchObject({
      refusal: { code: "text-empty", values: { field: "note" } },
    });
  });

  it("of a ticket that is not there", async () => {
    expect(await record(office.people.helpDesk, 9_999)).toMatchObject({ refusal: { code: "no-such-ticket" } });
  });
});
