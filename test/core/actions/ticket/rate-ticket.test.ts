import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { commentRating, rateTicket } from "../../../../core/actions/ticket/rate-ticket.ts";
import { takeBackStep } from "../../../../core/actions/ticket/take-back-step.ts";
import { findArrival } from "../../../../core/db/ticket/done-steps.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import { findRatingOfClosing } from "../../../../core/db/ticket/ratings.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import type { Stars } from "../../../../core/domain/ticket/rating-rules.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { pathsOfPlatformChange, usualAnswers } from "../../domain/procedures/platform-change.paths.ts";

const page = { offset: 0, limit: 100, withInternalNotes: true };
const day = 24 * 60;

let office: TestOffice;
let id: number;
let closing: number;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  id = await office.file();
  closing = await close();
});

/** Works the ticket to its end. @returns the entry of the step that closed it */
async function close(): Promise<number> {
  await office.walk(id, [
    ["issue-work-order", "help-desk", { "suspected-place": "unknown" }],
    ["application-is-normal", "it-support"],
    ["computer-is-normal", "it-support"],
    ["ask-requester", "it-support", { note: "Sudah diperiksa." }],
    ["confirm-resolved", "user"],
    ["close", "help-desk", { note: "Selesai." }],
  ]);
  return (await findArrival(office.db, id, "closed")) ?? 0;
}

function rate(by: Person, stars: Stars, { entryId = closing, now = morning } = {}) {
  return office.act((tx) => rateTicket(tx, by, office.setting(now), { ticketId: id, entryId, stars }));
}

function comment(by: Person, note: string, { entryId = closing, now = morning } = {}) {
  return office.act((tx) => commentRating(tx, by, office.setting(now), { ticketId: id, entryId, note }));
}

const refused = (code: string) => ({ ok: false, refusal: expect.objectContaining({ code }) });
const starsOf = async (entryId = closing) => (await findRatingOfClosing(office.db, entryId))?.stars;
const ratedEntries = async () => (await listEntries(office.db, id, page)).filter(({ kind }) => kind === "rated");

describe("the requester rates how the ticket was closed", () => {
  it("once: it stands in the history and the journal, and disturbs nobody", async () => {
    const { requester } = office.people;

    expect(await rate(requester, 4)).toEqual({ ok: true, value: undefined });

    expect(await starsOf()).toBe(4);
    expect(await ratedEntries()).toMatchObject([{ personId: requester.id, answers: { stars: "4" } }]);
    expect(await office.takeMail()).toEqual([]);
    const rows = await office.db.selectFrom("journal").selectAll().where("event", "=", "ticket-rated").execute();
    expect(rows.at(-1)).toMatchObject({
      actor_id: requester.id,
      subject_kind: "ticket",
      subject_id: id,
      details: { stars: 4, closingEntryId: closing },
    });
  });

  it("and may change it while the ticket could be reopened; both stay in the history", async () => {
    const { requester } = office.people;
    await rate(requester, 2);

    expect(await rate(requester, 5, { now: minutesAfter(morning, 7 * day) })).toMatchObject({ ok: true });
    expect(await rate(requester, 5)).toMatchObject({ ok: true });

    expect(await starsOf()).toBe(5);
    expect((await ratedEntries()).map(({ answers }) => answers.stars)).toEqual(["5", "2"]);
  });

  it("anew after the ticket was reopened and closed again, and the older one stays", async () => {
    const { requester } = office.people;
    await rate(requester, 1);
    await office.walk(id, [["reopen", "user", { note: "Rusak lagi." }]]);

    expect(await rate(requester, 2)).toEqual(refused("closing-passed"));
    const again = await close();
    expect(await rate(requester, 3)).toEqual(refused("closing-passed"));
    expect(await rate(requester, 5, { entryId: again })).toMatchObject({ ok: true });

    expect([await starsOf(), await starsOf(again)]).toEqual([1, 5]);
  });

  it("not when the days to reopen are over", async () => {
    const { requester } = office.people;

    const late = { now: minutesAfter(morning, 7 * day + 1) };
    expect(await rate(requester, 3, late)).toEqual(refused("too-late-to-rate"));
    await rate(requester, 3);
    expect(await rate(requester, 4, late)).toEqual(refused("too-late-to-rate"));
    expect(await comment(requester, "Terlambat", late)).toEqual(refused("too-late-to-rate"));

    expect(await starsOf()).toBe(3);
  });

  it("and nobody else: not the office's system officer, not the desk, not a neighbour", async () => {
    const officer = await office.hire(["user", "system-officer"], { office: "Disdukcapil" });
    const { helpDesk, neighbour } = office.people;

    expect(await rate(officer, 5)).toEqual(refused("not-the-requester"));
    expect(await rate(helpDesk, 5)).toEqual(refused("not-the-requester"));
    expect(await rate(neighbour, 5)).toEqual(refused("no-such-ticket"));

    expect(await starsOf()).toBeUndefined();
  });

  it("not a ticket that was cancelled", async () => {
    const { requester } = office.people;
    id = await office.file();
    await office.walk(id, [["cancel", "user", { note: "Tidak jadi." }]]);
    const cancelled = await findArrival(office.db, id, "cancelled");

    expect(await rate(requester, 1, { entryId: cancelled ?? 0 })).toEqual(refused("closing-passed"));
  });

  it("not what the desk asked of itself", async () => {
    id = await office.file({ procedure: "platform-change" });
    const path = pathsOfPlatformChange["the proxy is planned, accepted, approved and built"] ?? [];
    await office.walk(
      id,
      path.map(([name, role, , , , answers]) => [name, role, answers ?? usualAnswers[name] ?? {}]),
    );
    const built = (await findArrival(office.db, id, "closed")) ?? 0;

    expect(await rate(office.people.dataCenter, 5, { entryId: built })).toEqual(refused("work-of-the-desk"));
  });

  it("not a closing that was taken back", async () => {
    const { requester, helpDesk } = office.people;
    const wrong = { ticketId: id, entryId: closing, note: "Belum selesai." };
    await office.act((tx) => takeBackStep(tx, helpDesk, office.setting(), wrong));

    expect(await rate(requester, 1)).toEqual(refused("closing-passed"));
  });
});

describe("words to the rating", () => {
  it("of few stars reach the help desk", async () => {
    const { requester, helpDesk, helpDesk2 } = office.people;
    await rate(requester, 2);

    const commented = await comment(requester, " Lama sekali. ");

    expect(commented).toMatchObject({ ok: true });
    const { id: ratingId } = (await findRatingOfClosing(office.db, closing)) ?? { id: 0 };
    const notice = { kind: "rating-low", ticketId: id, ratingId };
    expect(await office.takeMail()).toEqual([
      { to: helpDesk.name, ...notice },
      { to: helpDesk2.name, ...notice },
    ]);
    expect((await ratedEntries())[0]).toMatchObject({ answers: { note: "Lama sekali." } });
    const journal = await office.db.selectFrom("journal").select("details").orderBy("id", "desc").execute();
    expect(JSON.stringify(journal)).not.toContain("Lama sekali");
  });

  it("of many stars disturb nobody; when the stars become few the help desk learns of them", async () => {
    const { requester, helpDesk } = office.people;
    await rate(requester, 4);
    await comment(requester, "Cukup baik.");
    expect(await office.takeMail()).toEqual([]);

    await rate(requester, 1);

    expect(await office.takeMail()).toContainEqual(expect.objectContaining({ to: helpDesk.name, kind: "rating-low" }));
  });

  it("that are written again change the message that the help desk has", async () => {
    const { requester } = office.people;
    await rate(requester, 1);
    await comment(requester, "Lama.");
    const sent = await office.deliver();

    await comment(requester, "Lama, dan tidak ramah.");

    const mail = await office.takeMail();
    expect(mail.map(({ kind, edits }) => [kind, edits])).toEqual(sent.map((edits) => ["rating-low", edits]));
  });

  it("need stars first, and something to read", async () => {
    const { requester } = office.people;
    expect(await comment(requester, "Lama.")).toEqual(refused("not-rated"));
    await rate(requester, 1);
    expect(await comment(requester, " ")).toEqual({
      ok: false,
      refusal: { code: "text-empty", values: { field: "note" } },
    });
  });
});

it("the database takes one to five stars, and one rating of a closing", async () => {
  const { requester } = office.people;
  await rate(requester, 1);
  const insert = (stars: number, entryId: number) =>
    sql`insert into rating (ticket_id, closing_entry_id, person_id, stars, rated_at)
      values (${id}, ${entryId}, ${requester.id}, ${stars}, now())`.execute(office.db);

  await expect(insert(6, closing - 1)).rejects.toThrow("rating_stars_check");
  await expect(insert(0, closing - 1)).rejects.toThrow("rating_stars_check");
  await expect(insert(3, closing)).rejects.toThrow("rating_closing_entry_id_key");
});
