import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { issueLinkCode, unlinkAccount } from "../../../../core/actions/people/link-account.ts";
import { withdrawRole } from "../../../../core/actions/people/manage-people.ts";
import { deactivatePerson } from "../../../../core/actions/people/move-person.ts";
import { decideSubstitution, endSubstitution, setSubstitute } from "../../../../core/actions/people/substitutions.ts";
import { doStep } from "../../../../core/actions/ticket/do-step.ts";
import { fileTicket } from "../../../../core/actions/ticket/file-ticket.ts";
import { linkAccount } from "../../../../core/db/people/accounts.ts";
import { addRole, getPerson } from "../../../../core/db/people/people.ts";
import { findSubstitution } from "../../../../core/db/people/substitutions.ts";
import { listShownDecisions } from "../../../../core/db/ticket/approvals.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { wib } from "../../../support/calendar.ts";
import { type Mail, morning, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let boss: Person;
let deputy: Person;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
/** Each test has a boss and a deputy of its own. */
beforeEach(async () => {
  boss = await office.hire(["leadership"]);
  deputy = await office.hire(["user"]);
  await office.takeMail();
});

type Options = { setter?: Person; substitute?: Person; forPerson?: Person; answers?: Answers; now?: Date };

const oneDay = { "from-day": "hari ini", "until-day": "hari ini" };

function name({ setter = boss, substitute = deputy, forPerson = boss, answers = {}, now = morning }: Options = {}) {
  const input = {
    ...{ forPersonId: forPerson.id, personId: substitute.id },
    answers: { ...oneDay, "substitution-kind": "plh", decree: "800/12/2026", ...answers },
  };
  return office.act((tx) => setSubstitute(tx, setter, office.setting(now), input));
}

async function latest() {
  const { id } = await office.db
    .selectFrom("substitution")
    .select((select) => select.fn.max("id").as("id"))
    .executeTakeFirstOrThrow();
  const found = await findSubstitution(office.db, Number(id));
  if (found === undefined) throw new Error("nobody was named");
  return found;
}

const rolesOf = async ({ id }: Person) => (await getPerson(office.db, id)).roles;
const newsOf = (mail: Mail[]) =>
  mail.filter(({ kind }) => kind === "substitution-news").map(({ to, news }) => [to, news]);

async function ask(now = morning, by = office.people.requester): Promise<number> {
  const answers = { rule: "Batas", description: "Perlu.", until: "31-12-2026", "official-duty": "accepted" };
  const input = { procedure: "exception", answers, draftId: 0 };
  const filed = await office.act((tx) => fileTicket(tx, by, office.setting(now), input));
  return filed.ok ? filed.value : 0;
}

async function approve(id: number, by: Person, now: Date): Promise<string> {
  const { version } = await office.ticket(id);
  const input = { ticketId: id, step: "approve-exception", version, answers: {} };
  const who = await getPerson(office.db, by.id);
  const done = await office.act((tx) => doStep(tx, who, office.setting(now), input));
  return done.ok ? "done" : done.refusal.code;
}

describe("named by the holder", () => {
  it("from today on, acts at once; both and administrators are told, and what waits is asked", async () => {
    const id = await ask();
    await office.takeMail();

    expect(await name()).toEqual({ ok: true, value: "set" });

    expect(await rolesOf(deputy)).toEqual(["leadership", "user"]);
    const mail = await office.takeMail();
    const { administrator, administrator2 } = office.people;
    const told = [deputy.name, administrator.name, administrator2.name];
    expect(newsOf(mail)).toEqual(told.map((to) => [to, "started"]));
    expect(mail).toContainEqual(expect.objectContaining({ to: deputy.name, kind: "approval-asked", ticketId: id }));
    expect(await approve(id, deputy, morning)).toBe("done");
    const [decision] = await listShownDecisions(office.db, id);
    expect(decision).toMatchObject({ personName: deputy.name, actingKind: "plh", role: "leadership" });
    const { substitution_id } = await office.db
      .selectFrom("decision")
      .select("substitution_id")
      .where("ticket_id", "=", id)
      .executeTakeFirstOrThrow();
    expect(substitution_id).toBe((await latest()).id);
  });

  it("acts from 00.00 of the first day to 24.00 of the last one, and not a moment longer", async () => {
    await name({ answers: { "from-day": "24-11-2026", "until-day": "25-11-2026" } });
    expect(newsOf(await office.takeMail())).toContainEqual([deputy.name, "set"]);
    const ids = [await ask(), await ask(), await ask()];

    await office.wake(new Date(wib("2026-11-24 00.00").getTime() - 1));
    expect(await rolesOf(deputy)).toEqual(["user"]);
    expect(await approve(ids[0] ?? 0, deputy, wib("2026-11-23 23.59"))).toBe("no-such-ticket");

    await office.wake(wib("2026-11-24 00.00"));
    expect(await rolesOf(deputy)).toEqual(["leadership", "user"]);
    expect(await approve(ids[0] ?? 0, deputy, wib("2026-11-24 00.00"))).toBe("done");
    expect(await approve(ids[1] ?? 0, deputy, new Date(wib("2026-11-26 00.00").getTime() - 1))).toBe("done");
    // The clock has not struck yet: the role is still there, the right is not.
    expect(await approve(ids[2] ?? 0, deputy, wib("2026-11-26 00.00"))).toBe("substitution-not-in-force");

    await office.takeMail();
    await office.wake(wib("2026-11-26 00.00"));
    expect(await rolesOf(deputy)).toEqual(["user"]);
    expect(newsOf(await office.takeMail())).toEqual(
      expect.arrayContaining([
        [deputy.name, "ended"],
        [boss.name, "ended"],
      ]),
    );
    expect(await approve(ids[2] ?? 0, deputy, wib("2026-11-26 00.00"))).toBe("no-such-ticket");
  });

  it("decides on nothing that the boss has asked for", async () => {
    await name();
    const id = await ask(morning, boss);
    expect(await approve(id, deputy, morning)).toBe("not-for-whom-you-substitute");
  });

  it("is refused for two at a time, and by one for two", async () => {
    const second = await office.hire(["user"]);
    const otherBoss = await office.hire(["leadership"]);
    await name({ answers: { "from-day": "24-11-2026", "until-day": "30-11-2026" } });
    const overlapping = { "from-day": "30-11-2026", "until-day": "2-12-2026" };
    expect(await name({ substitute: second, answers: overlapping })).toMatchObject({
      refusal: { code: "substitution-overlaps" },
    });
    expect(await name({ setter: otherBoss, forPerson: otherBoss, answers: overlapping })).toMatchObject({
      refusal: { code: "substitution-overlaps" },
    });
    expect(
      (await name({ substitute: second, answers: { "from-day": "1-12-2026", "until-day": "1-12-2026" } })).ok,
    ).toBe(true);
  });

  it.each([
    ["without a decree", { decree: " " }, "text-empty"],
    ["until a day before the first", { "from-day": "30-11-2026", "until-day": "24-11-2026" }, "until-before-from"],
  ])("is refused %s", async (_, answers, refused) => {
    expect(await name({ answers })).toMatchObject({ refusal: { code: refused } });
  });

  it("is refused for who has no account, and by a substitute", async () => {
    const unlinked = await office.hire(["user"], { isLinked: false });
    expect(await name({ substitute: unlinked })).toMatchObject({ refusal: { code: "not-linked" } });
    await name();
    const acting = await getPerson(office.db, deputy.id);
    const third = await office.hire(["user"]);
    expect(await name({ setter: acting, forPerson: acting, substitute: third })).toMatchObject({
      refusal: { code: "no-substitute-of-substitute" },
    });
  });

  it("ends earlier by the holder's word, and at once", async () => {
    await name();
    const { id: substitutionId } = await latest();
    const end = (by: Person) => office.act((tx) => endSubstitution(tx, by, office.setting(), { substitutionId }));
    expect(await end(deputy)).toMatchObject({ refusal: { code: "not-your-substitution" } });
    expect((await end(boss)).ok).toBe(true);
    expect(await rolesOf(deputy)).toEqual(["user"]);
    expect(await end(boss)).toMatchObject({ refusal: { code: "substitution-over" } });
  });
});

describe("proposed by an administrator, while the boss is away", () => {
  const decide = (by: Person, substitutionId: number, decision: "confirmed" | "rejected" = "confirmed") =>
    office.act((tx) => decideSubstitution(tx, by, office.setting(), { substitutionId, decision }));

  it("waits for a second administrator", async () => {
    const { administrator, administrator2 } = office.people;
    expect(await name({ setter: administrator })).toEqual({ ok: true, value: "proposed" });
    const { id } = await latest();
    expect((await office.takeMail()).map(({ to, kind }) => [to, kind])).toEqual([
      [administrator2.name, "substitution-proposed"],
    ]);
    await office.wake(morning);
    expect(await rolesOf(deputy)).toEqual(["user"]);
    expect(await decide(administrator, id)).toMatchObject({ refusal: { code: "not-your-own-proposal" } });
    expect(await decide(boss, id)).toMatchObject({ refusal: { code: "not-administrator" } });

    expect((await decide(administrator2, id)).ok).toBe(true);

    expect(await rolesOf(deputy)).toEqual(["leadership", "user"]);
    expect(await decide(administrator2, id)).toMatchObject({ refusal: { code: "decided-already" } });
  });

  it("comes to nothing when it is rejected: the days are free again", async () => {
    const { administrator, administrator2 } = office.people;
    await name({ setter: administrator });
    await decide(administrator2, (await latest()).id, "rejected");
    expect(await rolesOf(deputy)).toEqual(["user"]);
    expect((await name()).ok).toBe(true);
  });

  it("is not for an administrator", async () => {
    const { administrator, administrator2 } = office.people;
    expect(await name({ setter: administrator, substitute: administrator2 })).toMatchObject({
      refusal: { code: "administrator-never-approves" },
    });
  });
});

describe("what has changed before the first day", () => {
  const tomorrow = { answers: { "from-day": "24-11-2026", "until-day": "24-11-2026" } };
  const firstDay = wib("2026-11-24 00.00");

  it("another account since then gets no rights: anybody could have linked it", async () => {
    const { administrator } = office.people;
    await name(tomorrow);
    const later = wib("2026-11-23 08.00");
    await office.act((tx) => unlinkAccount(tx, administrator, office.setting(later), { personId: deputy.id }));
    await office.act((tx) => linkAccount(tx, { personId: deputy.id, telegramUserId: 99_000 + deputy.id, now: later }));
    await office.takeMail();

    await office.wake(firstDay);

    expect(await rolesOf(deputy)).toEqual(["user"]);
    expect(newsOf(await office.takeMail())).toContainEqual([boss.name, "not-started"]);
  });

  it("codes that were issued before are void", async () => {
    const { administrator } = office.people;
    await office.act((tx) => issueLinkCode(tx, administrator, office.setting(), { personId: deputy.id }));
    await name(tomorrow);
    const codes = await office.db.selectFrom("link_code").selectAll().where("person_id", "=", deputy.id).execute();
    expect(codes).toEqual([]);
  });

  it("who has left acts for nobody", async () => {
    await name(tomorrow);
    await office.act((tx) =>
      deactivatePerson(tx, office.people.administrator, office.setting(), { personId: deputy.id, answers: {} }),
    );
    await office.wake(firstDay);
    expect(await rolesOf(deputy)).toEqual([]);
    expect((await latest()).endedAt).not.toBeNull();
  });

  it("a boss who is none any more has no Plh.; a Plt. stays, for the post is vacant", async () => {
    const { administrator } = office.people;
    const second = await office.hire(["leadership"]);
    const acting = await office.hire(["user"]);
    await name();
    await name({
      ...{ setter: second, forPerson: second, substitute: acting },
      answers: { "substitution-kind": "plt", "until-day": "31-12-2026" },
    });
    for (const leader of [boss, second]) {
      await office.act((tx) =>
        withdrawRole(tx, administrator, office.setting(), { personId: leader.id, role: "leadership" }),
      );
    }
    expect(await rolesOf(deputy)).toEqual(["user"]);
    expect(await rolesOf(acting)).toEqual(["leadership", "user"]);
  });

  it("who was given the role meanwhile keeps it when the days are over", async () => {
    await name(tomorrow);
    await office.act((tx) => addRole(tx, { personId: deputy.id, role: "leadership", grantedBy: null, now: morning }));
    await office.wake(firstDay);
    await office.wake(wib("2026-11-25 00.00"));
    expect(await rolesOf(deputy)).toEqual(["leadership", "user"]);
  });

  it("the clock that strikes twice, also at once, does it once", async () => {
    await name(tomorrow);
    await Promise.all([office.wake(firstDay), office.wake(firstDay)]);
    const mail = await office.takeMail();
    expect(newsOf(mail).filter(([to, news]) => to === deputy.name && news === "started")).toHaveLength(1);
  });
});

it("administrators who withdraw the role of a substitute end the substitution", async () => {
  await name();
  const { administrator } = office.people;
  const withdrawn = await office.act((tx) =>
    withdrawRole(tx, administrator, office.setting(), { personId: deputy.id, role: "leadership" }),
  );
  expect(withdrawn.ok).toBe(true);
  expect((await latest()).endedBy).toBe(administrator.id);
  await office.wake(morning);
  expect(await rolesOf(deputy)).toEqual(["user"]);
});
