import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { decideAnnouncement } from "../../../../core/actions/announcement/decide-announcement.ts";
import { discardAnnouncement } from "../../../../core/actions/announcement/write-announcement.ts";
import { endSubstitution, setSubstitute } from "../../../../core/actions/people/substitutions.ts";
import { getVersion } from "../../../../core/db/announcement/announcements.ts";
import { addRole, getPerson, removeRole } from "../../../../core/db/people/people.ts";
import { findKindActed } from "../../../../core/db/people/substitutions.ts";
import type { Tx } from "../../../../core/db/tables.ts";
import { longestAnnouncement } from "../../../../core/domain/announcement/announcement.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { chatOf, minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { announcing } from "./announcements.ts";

let office: TestOffice;
let of: ReturnType<typeof announcing>;
let author: Person;
let leader: Person;
let leader2: Person;

beforeAll(async () => {
  office = await openOffice();
  of = announcing(office);
  author = office.people.helpDesk;
  leader = office.people.leadership;
  leader2 = await office.hire(["leadership"], { name: "Iskandar Muda" });
});
afterAll(() => office.close());
beforeEach(async () => void (await office.takeMail()));

const withRole = (person: Person, role: "leadership" | "help-desk") =>
  office.act(async (tx) => {
    await addRole(tx, { personId: person.id, role, grantedBy: null, now: morning });
    return getPerson(tx, person.id);
  });

describe("writing", () => {
  test("keeps it for its author: nobody is told, and the journal has no words", async () => {
    const dinkes = await of.officeId("Dinkes");
    const id = await of.must(of.write(author, { until: "30-11-2026" }, [dinkes]));

    expect(await office.takeMail()).toEqual([]);
    expect(await of.announcement(id)).toMatchObject({ stage: "written", version: 1, sentVersion: null });
    const { contentHash, ...version } = await getVersion(office.db, id, 1);
    expect(version).toEqual({
      ...{ version: 1, authorId: author.id, kind: "outage", title: "Internet terputus" },
      ...{ text: "Kabel putus di Jalan Sudirman.", officeIds: [dinkes], ticketId: null },
      inForceUntil: new Date("2026-11-30T17:00:00Z"),
    });
    expect(await of.journal(id)).toEqual([
      {
        event: "announcement-written",
        by: author.id,
        details: { version: 1, kind: "outage", offices: 1, ticketId: null, contentHash },
      },
    ]);
  });

  test("is refused to who is not of the desk", async () => {
    for (const by of [office.people.requester, office.people.administrator]) {
      expect(await of.write(by)).toMatchObject({ refusal: { code: "not-at-desk" } });
    }
  });

  test("belongs to a ticket that is there", async () => {
    const ticketId = await office.file();
    const id = await of.must(of.write(author, { ticket: `t${ticketId}` }));
    expect((await getVersion(office.db, id, 1)).ticketId).toBe(ticketId);
    for (const ticket of ["T-9999", "yang kemarin"]) {
      const refusal = { code: "announcement-ticket-unknown", values: { field: "ticket" } };
      expect(await of.write(author, { ticket })).toMatchObject({ refusal });
    }
  });

  test("refuses what is too long, of the past, or for no office", async () => {
    const tooLong = { code: "text-too-long", values: { field: "text" } };
    expect(await of.write(author, { text: "x".repeat(longestAnnouncement + 1) })).toMatchObject({ refusal: tooLong });
    expect(await of.write(author, { title: "x".repeat(101) })).toMatchObject({
      refusal: { code: "text-too-long", values: { field: "title" } },
    });
    expect(await of.write(author, { until: "21-11-2026" })).toMatchObject({
      refusal: { code: "day-passed", values: { field: "until" } },
    });
    expect(await of.write(author, {}, [])).toMatchObject({ refusal: { code: "answer-missing" } });
    expect((await of.write(author, { text: "x".repeat(longestAnnouncement) })).ok).toBe(true);
  });

  test("throws away, once, and not what is somebody else's", async () => {
    const id = await of.must(of.write(author));
    const discard = (by: Person) =>
      office.act((tx) => discardAnnouncement(tx, by, office.setting(), { announcementId: id, version: 1 }));
    expect(await discard(office.people.itSupport)).toMatchObject({ refusal: { code: "not-your-announcement" } });
    expect((await discard(author)).ok).toBe(true);
    expect(await discard(author)).toMatchObject({ refusal: { code: "announcement-changed" } });
    expect(await of.ask(author, id)).toMatchObject({ refusal: { code: "announcement-changed" } });
    expect((await of.journal(id)).at(-1)).toMatchObject({ event: "announcement-discarded", details: { version: 1 } });
  });
});

describe("asking", () => {
  test("tells leadership, exactly the version", async () => {
    const id = await of.must(of.write(author));
    await of.must(of.ask(author, id));
    expect(await office.takeMail()).toEqual([
      { to: "Farida Daulay", kind: "announcement-asked", announcementId: id, version: 1 },
      { to: "Iskandar Muda", kind: "announcement-asked", announcementId: id, version: 1 },
    ]);
    expect((await of.announcement(id)).stage).toBe("asked");
    expect((await of.journal(id)).at(-1)).toMatchObject({ event: "announcement-asked", by: author.id });
    expect(await of.ask(author, id)).toMatchObject({ refusal: { code: "announcement-asked-already" } });
  });

  test("is refused where nobody but the author could approve, also for an outage", async () => {
    const alone = await openOffice();
    try {
      const there = announcing(alone);
      const id = await there.must(there.write(alone.people.leadership, { kind: "outage" }));
      const refusal = { code: "no-announcement-approver" };
      expect(await there.ask(alone.people.leadership, id)).toMatchObject({ refusal });
      expect((await there.announcement(id)).stage).toBe("written");

      const of2 = await there.must(there.write(alone.people.helpDesk));
      await alone.db.updateTable("telegram_account").set({ unreachable_since: morning }).execute();
      expect(await there.ask(alone.people.helpDesk, of2)).toMatchObject({ refusal });
    } finally {
      await alone.close();
    }
  });
});

describe("approving", () => {
  test("sends it to who can be reached at this moment, and gives the author the text to forward", async () => {
    const disdukcapil = await of.officeId("Disdukcapil");
    const away = await office.hire(["user"], { name: "Tanpa Akun", office: "Disdukcapil", isLinked: false });
    const id = await of.asked(author, {}, [disdukcapil]);
    const at = minutesAfter(morning, 5);
    await of.must(of.approve(leader, id, 1, at));

    expect(await of.recipients(id)).toEqual([
      { name: "Nurhayati Siregar", code: "Disdukcapil", readAt: null },
      { name: "Tiurma Hutagalung", code: "Disdukcapil", readAt: null },
    ]);
    expect(await office.takeMail()).toEqual([
      { to: "Nurhayati Siregar", kind: "announcement", announcementId: id },
      { to: "Tiurma Hutagalung", kind: "announcement", announcementId: id },
      { to: "Rosmaida Ritonga", kind: "announcement-decided", announcementId: id, version: 1 },
      { to: "Rosmaida Ritonga", kind: "announcement-to-forward", announcementId: id },
    ]);
    expect(await of.announcement(id)).toMatchObject({ stage: "sent", sentVersion: 1, sentAt: at });
    const events = (await of.journal(id)).map(({ event, by, details }) => [event, by, details.recipients]);
    expect(events.slice(2)).toEqual([
      ["announcement-approved", leader.id, undefined],
      ["announcement-sent", leader.id, 2],
    ]);
    await office.db.updateTable("person").set({ is_active: false }).where("id", "=", away.id).execute();
  });

  test("edits what the approvers have, so that it says who decided", async () => {
    const id = await of.must(of.write(author, {}, [await of.officeId("Dinkes")]));
    await of.must(of.ask(author, id));
    const messages = await office.deliver();
    await of.must(of.approve(leader, id));
    const edits = (await office.takeMail()).filter(({ edits }) => edits !== undefined);
    expect(edits.map(({ edits }) => edits)).toEqual(messages);
    expect(edits[0]).toMatchObject({ kind: "announcement-asked", announcementId: id, version: 1 });
  });

  test("is refused to the author, whatever roles they hold; SQL holds it too", async () => {
    const both = await withRole(office.people.itSupport, "leadership");
    const id = await of.asked(both);
    for (const decide of [of.approve, of.reject]) {
      expect(await decide(both, id)).toMatchObject({ refusal: { code: "not-your-own-announcement" } });
    }
    const { contentHash } = await getVersion(office.db, id, 1);
    const own = { announcement_id: id, version: 1, author_id: both.id, content_hash: contentHash };
    const decision = { decision: "approved", decided_by: both.id, decided_at: morning, reason: null } as const;
    await expect(
      office.db
        .insertInto("announcement_decision")
        .values({ ...own, ...decision })
        .execute(),
    ).rejects.toThrow(/announcement_decision_check/);
    await office.act((tx) => removeRole(tx, both.id, "leadership"));
  });

  test("is refused to who stands in for the author, who are not asked, and outside of their days", async () => {
    const deputy = await office.hire(["user"], { name: "Wakil Pimpinan" });
    const input = { forPersonId: leader.id, personId: deputy.id };
    const days = { "from-day": "hari ini", "until-day": "hari ini" };
    const answers = { ...days, "substitution-kind": "plh", decree: "800/12/2026" };
    const named = await office.act((tx) => setSubstitute(tx, leader, office.setting(), { ...input, answers }));
    expect(named.ok).toBe(true);
    const acting = await getPerson(office.db, deputy.id);

    const own = await of.must(of.write(leader));
    await office.takeMail();
    await of.must(of.ask(leader, own));
    expect((await office.takeMail()).map(({ to }) => to)).toEqual(["Iskandar Muda"]);
    for (const decide of [of.approve, of.reject]) {
      expect(await decide(acting, own)).toMatchObject({ refusal: { code: "not-for-whom-you-substitute" } });
    }
    const id = await of.asked(author);
    const nextDay = minutesAfter(morning, 24 * 60);
    expect(await of.approve(acting, id, 1, nextDay)).toMatchObject({ refusal: { code: "substitution-not-in-force" } });
    await of.must(of.approve(acting, id));
    const role = "leadership";
    expect(await findKindActed(office.db, { personId: deputy.id, role, at: morning })).toBe("plh");
    expect(await findKindActed(office.db, { personId: leader.id, role, at: morning })).toBeUndefined();
    const { id: substitutionId } = await office.db
      .selectFrom("substitution")
      .select("id")
      .where("person_id", "=", deputy.id)
      .executeTakeFirstOrThrow();
    await office.act((tx) => endSubstitution(tx, leader, office.setting(), { substitutionId }));
    await office.takeMail();
  });

  test("is refused to who is not, or no longer, of leadership", async () => {
    const id = await of.asked(author);
    for (const by of [office.people.helpDesk2, office.people.administrator, office.people.requester]) {
      expect(await of.approve(by, id)).toMatchObject({ refusal: { code: "not-announcement-approver" } });
    }
    await office.act((tx) => removeRole(tx, leader2.id, "leadership"));
    const former = await getPerson(office.db, leader2.id);
    expect(await of.approve(former, id)).toMatchObject({ refusal: { code: "not-announcement-approver" } });
    leader2 = await withRole(leader2, "leadership");
  });

  test("by two at once: one decides, the other is told that it was decided", async () => {
    const id = await of.asked(author);
    const decide = (by: Person, decision: "approved" | "rejected") => (tx: Tx) =>
      decideAnnouncement(tx, by, office.setting(), {
        ...{ announcementId: id, version: 1 },
        ...(decision === "approved" ? { decision } : { decision, answers: { note: "Belum jelas." } }),
      });
    const outcomes = await office.atOnce(decide(leader, "approved"), decide(leader2, "rejected"));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({
      refusal: { code: "announcement-decided", values: { announcementId: id, version: 1 } },
    });
    const isSent = outcomes[0]?.ok === true;
    expect((await of.recipients(id)).length > 0).toBe(isSent);
  });

  test("a second time is refused and sends nothing", async () => {
    const id = await of.asked(author);
    await of.must(of.approve(leader, id));
    await office.takeMail();
    const decided = { refusal: { code: "announcement-decided" } };
    for (const by of [leader, leader2]) expect(await of.approve(by, id)).toMatchObject(decided);
    expect(await of.reject(leader2, id)).toMatchObject(decided);
    expect(await office.takeMail()).toEqual([]);
  });

  test.each([
    ["title", "Internet sudah pulih"],
    ["text", "Sedang diperbaiki."],
    ["kind", "information"],
    ["until", "besok"],
    ["audience", [1]],
  ] as const)("of a text whose %s was changed after asking is refused until it is asked anew", async (part, value) => {
    const id = await of.must(of.write(author));
    await of.must(of.ask(author, id));
    const messages = await office.deliver();
    await of.must(of.change(author, id, part, typeof value === "string" ? value : [...value]));

    expect((await office.takeMail()).slice(0, 2)).toMatchObject(
      messages.map((edits) => ({ edits, kind: "announcement-asked", version: 1 })),
    );
    const changed = { refusal: { code: "announcement-changed" } };
    expect(await of.approve(leader, id, 1)).toMatchObject(changed);
    expect(await of.approve(leader, id, 2)).toMatchObject(changed);
    expect(await of.ask(author, id, 1)).toMatchObject(changed);
    await of.must(of.ask(author, id, 2));
    expect(await of.approve(leader, id, 1)).toMatchObject(changed);
    await of.must(of.approve(leader, id, 2));
    expect(await of.announcement(id)).toMatchObject({ stage: "sent", sentVersion: 2, correctedAt: null });
  });

  test("of what was thrown away meanwhile is refused", async () => {
    const id = await of.asked(author);
    await of.must(
      office.act((tx) => discardAnnouncement(tx, author, office.setting(), { announcementId: id, version: 1 })),
    );
    expect(await of.approve(leader, id)).toMatchObject({ refusal: { code: "announcement-changed" } });
  });

  test("after its last day is refused", async () => {
    const id = await of.asked(author, { until: "besok" });
    const tooLate = minutesAfter(morning, 3 * 24 * 60);
    expect(await of.approve(leader, id, 1, tooLate)).toMatchObject({ refusal: { code: "announcement-over" } });
    expect(await of.recipients(id)).toEqual([]);
  });

  test("of a version that somebody altered in the database is a fault", async () => {
    const id = await of.asked(author);
    await office.database.owner
      .updateTable("announcement_version")
      .set({ body: "Lain." })
      .where("announcement_id", "=", id)
      .execute();
    await expect(of.approve(leader, id)).rejects.toThrow(/is not what was written/);
    expect((await of.announcement(id)).stage).toBe("asked");
  });
});

describe("rejecting", () => {
  test("brings the reason to the author, who changes it and asks again", async () => {
    const id = await of.asked(author);
    await of.must(of.reject(leader, id, 1, "Tulis jamnya."));
    expect(await office.takeMail()).toEqual([
      { to: "Rosmaida Ritonga", kind: "announcement-decided", announcementId: id, version: 1 },
    ]);
    expect((await of.announcement(id)).stage).toBe("rejected");
    expect(await of.ask(author, id)).toMatchObject({ refusal: { code: "announcement-changed" } });
    expect((await of.journal(id)).at(-1)).toMatchObject({ event: "announcement-rejected", by: leader.id });

    await of.must(of.change(author, id, "text", "Sejak pukul 08.00."));
    await of.must(of.ask(author, id, 2));
    await of.must(of.approve(leader, id, 2));
    expect((await of.recipients(id, 2)).length).toBeGreaterThan(0);
  });

  test("needs a reason", async () => {
    const id = await of.asked(author);
    expect(await of.reject(leader, id, 1, " ")).toMatchObject({ refusal: { code: "text-empty" } });
    expect((await of.announcement(id)).stage).toBe("asked");
  });
});

describe("what was decided", () => {
  test.each(["announcement_version", "announcement_office", "announcement_decision"] as const)(
    "stands for ever: %s is only added to",
    async (table) => {
      await expect(office.db.deleteFrom(table).execute()).rejects.toThrow(/permission denied/);
      await expect(office.db.updateTable(table).set({ version: 7 }).execute()).rejects.toThrow(/permission denied/);
    },
  );

  test("SQL sends nothing that was not approved", async () => {
    const id = await of.asked(author);
    const send = office.db
      .updateTable("announcement")
      .set({ stage: "sent", sent_version: 1, sent_at: morning })
      .where("id", "=", id);
    await expect(send.execute()).rejects.toThrow(/announcement_sent_approved/);
    await of.must(of.reject(leader, id));
    await expect(send.execute()).rejects.toThrow(/announcement_sent_approved/);
  });
});

test("two thousand recipients at once are told in a moment: one message and one receipt each", async () => {
  const dinkes = await of.officeId("Dinkes");
  await office.act(async (tx) => {
    const people = Array.from({ length: 2_000 }, (_, index) => index);
    for (let first = 0; first < people.length; first += 500) {
      const rows = people.slice(first, first + 500);
      const added = await tx
        .insertInto("person")
        .values(rows.map((n) => ({ name: `Pegawai ${n}`, nip: null, office_id: dinkes, created_at: morning })))
        .returning("id")
        .execute();
      await tx
        .insertInto("telegram_account")
        .values(added.map(({ id }) => ({ person_id: id, telegram_user_id: chatOf({ id }), linked_at: morning })))
        .execute();
    }
  });
  const id = await of.asked(author, {}, [dinkes]);
  const began = performance.now();
  await of.must(of.approve(leader, id));
  const tookMs = performance.now() - began;

  expect(tookMs).toBeLessThan(10_000);
  expect(await of.recipients(id)).toHaveLength(2_000);
  const mail = (await office.takeMail()).filter(({ kind }) => kind === "announcement");
  expect(new Set(mail.map(({ to }) => to)).size).toBe(2_000);
});
