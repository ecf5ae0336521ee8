import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeLinkCode } from "../../../../core/actions/people/link-account.ts";
import { grantRole, withdrawRole } from "../../../../core/actions/people/manage-people.ts";
import { deactivatePerson, reactivatePerson, transferPerson } from "../../../../core/actions/people/move-person.ts";
import { takeTicket } from "../../../../core/actions/ticket/take-ticket.ts";
import { findAccount } from "../../../../core/db/people/accounts.ts";
import { findOfficeByCode } from "../../../../core/db/people/offices.ts";
import { findLeaving, findPerson, getPerson } from "../../../../core/db/people/people.ts";
import { findProposal, listOpenProposals } from "../../../../core/db/people/role-proposals.ts";
import type { Tx } from "../../../../core/db/tables.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import type { Outcome } from "../../../../core/domain/outcome.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { maySee } from "../../../../core/domain/ticket/ticket.ts";
import { morning, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let dinkes: number;
let disdukcapil: number;
beforeAll(async () => {
  office = await openOffice();
  dinkes = (await findOfficeByCode(office.db, "Dinkes")).id;
  disdukcapil = (await findOfficeByCode(office.db, "Disdukcapil")).id;
});
afterAll(() => office.close());
beforeEach(() => office.takeMail());

const transfer = (person: Person, officeId = dinkes, by: Person = office.people.administrator) =>
  office.act((tx) => transferPerson(tx, by, office.setting(), { personId: person.id, officeId }));
const leave = (person: Person, by: Person = office.people.administrator, answers = {}) =>
  office.act((tx) => deactivatePerson(tx, by, office.setting(), { personId: person.id, answers }));
const comeBack = (person: Person, by: Person = office.people.administrator) =>
  office.act((tx) => reactivatePerson(tx, by, office.setting(), { personId: person.id }));

async function lastJournal(event: string) {
  return office.db
    .selectFrom("journal")
    .select(["actor_id as by", "subject_id as id", "details"])
    .where("event", "=", event)
    .orderBy("id", "desc")
    .executeTakeFirst();
}

/** A ticket with it-support on which that person works. */
async function workOf(person: Person): Promise<number> {
  const ticketId = await office.file();
  await office.walk(ticketId, [["issue-work-order", "help-desk", { "suspected-place": "unknown" }]]);
  const taken = await office.act((tx) => takeTicket(tx, person, office.setting(), { ticketId, fromPersonId: null }));
  if (!taken.ok) throw new Error(taken.refusal.code);
  await office.takeMail();
  return ticketId;
}

async function proposalFor(personId: number, by: Person = office.people.administrator): Promise<number> {
  const input = { personId, role: "leadership" } as const;
  await office.act((tx) => grantRole(tx, by, office.setting(), input));
  const rows = office.db.selectFrom("role_proposal").select("id").where("person_id", "=", personId);
  return (await rows.orderBy("id", "desc").executeTakeFirstOrThrow()).id;
}

describe("moving to another office", () => {
  it("ends all roles but that of a user; the account stays, and the person is told", async () => {
    const person = await office.hire(["it-support", "user"]);
    expect((await transfer(person)).ok).toBe(true);

    expect(await getPerson(office.db, person.id)).toMatchObject({ officeId: dinkes, roles: ["user"], isActive: true });
    expect(await findAccount(office.db, person.id)).toBeDefined();
    expect(await office.takeMail()).toEqual([
      { to: person.name, kind: "transferred" },
      { to: person.name, kind: "command-menu" },
    ]);
    expect(await lastJournal("person-transferred")).toEqual({
      by: office.people.administrator.id,
      id: person.id,
      details: { fromOfficeId: person.officeId, toOfficeId: dinkes, roles: "it-support" },
    });
  });

  it("makes a user also of who held no such role", async () => {
    const person = await office.hire(["help-desk"]);
    await transfer(person);
    expect((await getPerson(office.db, person.id)).roles).toEqual(["user"]);
  });

  it("leaves the tickets that were filed with the old office", async () => {
    const person = await office.hire(["user"], { office: "Disdukcapil" });
    const officer = await office.hire(["system-officer"], { office: "Disdukcapil" });
    const ticketId = await office.file({ by: person });
    await transfer(person);
    const ticket = await office.ticket(ticketId);
    expect(ticket).toMatchObject({ requesterId: person.id, officeId: disdukcapil });
    expect(maySee(await getPerson(office.db, person.id), ticket)).toBe(false);
    expect(maySee(officer, ticket)).toBe(true);
    expect(await office.step(ticketId, "cancel", await getPerson(office.db, person.id), { note: "x" })).toMatchObject({
      refusal: { code: "no-such-ticket" },
    });
  });

  it("gives the work back to the team, which is told", async () => {
    const person = await office.hire(["it-support"]);
    const ticketId = await workOf(person);
    await transfer(person);

    expect(await office.ticket(ticketId)).toMatchObject({ assigneeId: null, holder: "it-support" });
    const told = (await office.takeMail()).filter((mail) => mail.news === "given-back").map(({ to }) => to);
    expect(told).toEqual(expect.arrayContaining([office.people.itSupport.name, office.people.itSupport2.name]));
    expect(told).not.toContain(person.name);
    const [entry] = await listEntries(office.db, ticketId, { offset: 0, limit: 1, withInternalNotes: true });
    expect(entry).toMatchObject({
      kind: "handed-over",
      personName: office.people.administrator.name,
      toPersonName: null,
    });
    expect(await lastJournal("ticket-given-back")).toMatchObject({ id: ticketId, details: { from: person.id } });
  });

  it("to the same office is refused", async () => {
    expect(await transfer(await office.hire(["user"], { office: "Dinkes" }))).toMatchObject({
      refusal: { code: "office-already" },
    });
  });
});

describe("leaving", () => {
  it("ends roles and link, drops what was begun and the codes that were given out", async () => {
    const person = await office.hire(["help-desk", "user"]);
    await office.draftOf(person);
    await office.act((tx) => makeLinkCode(tx, person.id, null, office.setting()));
    expect((await leave(person, office.people.administrator, { note: " Pensiun " })).ok).toBe(true);

    expect(await findPerson(office.db, person.id)).toMatchObject({ isActive: false, roles: [] });
    expect(await findAccount(office.db, person.id)).toBeUndefined();
    for (const table of ["draft", "link_code"] as const) {
      const rows = office.db.selectFrom(table).select("person_id").where("person_id", "=", person.id);
      expect(await rows.execute()).toEqual([]);
    }
    expect(await findLeaving(office.db, person.id)).toEqual({
      at: morning,
      byName: office.people.administrator.name,
      because: "Pensiun",
    });
    expect((await office.takeMail()).map(({ to, kind }) => ({ to, kind }))).toEqual([
      { to: person.name, kind: "unlinked" },
      { to: person.name, kind: "command-menu" },
    ]);
    const row = await lastJournal("person-left");
    expect(row).toEqual({ by: office.people.administrator.id, id: person.id, details: { roles: "help-desk user" } });
  });

  it("gives the work back, and the team is told, but not the leaver", async () => {
    const person = await office.hire(["it-support"]);
    const ticketId = await workOf(person);
    await leave(person);
    expect((await office.ticket(ticketId)).assigneeId).toBeNull();
    const told = (await office.takeMail()).filter((mail) => mail.news === "given-back").map(({ to }) => to);
    expect(told).toContain(office.people.itSupport.name);
    expect(told).not.toContain(person.name);
  });

  it("refuses a reason that is too long, and changes nothing", async () => {
    const person = await office.hire(["user"]);
    const before = await office.contents();
    expect(await leave(person, office.people.administrator, { note: "x".repeat(4000) })).toMatchObject({
      refusal: { code: "text-too-long", values: { field: "note" } },
    });
    expect(await office.contents()).toEqual(before);
  });

  it("asks whether who does it may, before it reads what was written", async () => {
    const person = await office.hire(["user"]);
    expect(await leave(person, office.people.helpDesk, { note: "x".repeat(4000) })).toMatchObject({
      refusal: { code: "not-administrator" },
    });
  });

  it("of leadership is announced to administrators and leadership, but not to who did it", async () => {
    const leader = await office.hire(["leadership"]);
    await leave(leader);
    const announced = (await office.takeMail()).filter(({ kind }) => kind === "rights-ended");
    expect(announced.map(({ to }) => to).sort()).toEqual(
      [office.people.administrator2.name, office.people.leadership.name].sort(),
    );
    expect(announced[0]).toMatchObject({
      personId: leader.id,
      byPersonId: office.people.administrator.id,
      roles: "leadership",
    });
  });

  it("closes the proposals about the leaver and by the leaver", async () => {
    const candidate = await office.hire(["it-support"]);
    const other = await office.hire(["it-support"]);
    const proposer = await office.hire(["administrator"]);
    const [about, by] = [await proposalFor(candidate.id), await proposalFor(other.id, proposer)];
    const messages = await office.deliver();
    await leave(candidate);
    await leave(proposer);
    for (const id of [about, by]) {
      expect(await findProposal(office.db, id)).toMatchObject({
        decision: "rejected",
        decidedBy: office.people.administrator.id,
      });
    }
    const edits = (await office.takeMail()).filter(({ kind }) => kind === "role-decided");
    expect(edits.map(({ edits }) => edits).every((id) => messages.includes(id ?? 0))).toBe(true);
    expect(edits.length).toBeGreaterThan(0);
  });

  describe("while the leaver proposes somebody", () => {
    async function bothAtOnce(order: "leaves first" | "proposes first") {
      const [proposer, candidate] = [await office.hire(["administrator"]), await office.hire(["it-support"])];
      const proposing = (tx: Tx) =>
        grantRole(tx, proposer, office.setting(), { personId: candidate.id, role: "leadership" });
      const leaving = (tx: Tx) =>
        deactivatePerson(tx, office.people.administrator, office.setting(), { personId: proposer.id, answers: {} });
      const outcomes =
        order === "leaves first"
          ? await office.oneInTheOther(leaving, proposing)
          : await office.oneInTheOther(proposing, leaving);
      return { outcomes, open: await listOpenProposals(office.db, candidate.id) };
    }

    it("closes the proposal that was made just before", async () => {
      const { outcomes, open } = await bothAtOnce("proposes first");
      expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
      expect(open).toEqual([]);
    });

    it("refuses the proposal that comes just after", async () => {
      const { outcomes, open } = await bothAtOnce("leaves first");
      expect(outcomes[1]).toMatchObject({ refusal: { code: "not-administrator" } });
      expect(open).toEqual([]);
    });

    it("or is proposed, by whomever, comes to an end without a fault", async () => {
      const [one, other] = [await office.hire(["administrator"]), await office.hire(["administrator"])];
      const candidate = await office.hire(["it-support"]);
      const input = { personId: candidate.id, role: "leadership" } as const;
      for (let round = 0; round < 3; round += 1) {
        const outcomes = await office.atOnce<Outcome<unknown>>(
          (tx) => grantRole(tx, other, office.setting(), input),
          (tx) => grantRole(tx, one, office.setting(), { ...input, personId: other.id }),
          (tx) => deactivatePerson(tx, one, office.setting(), { personId: candidate.id, answers: {} }),
        );
        expect(outcomes[1]).toMatchObject({ refusal: { code: "administrator-never-approves" } });
        await comeBack(candidate);
      }
      for (const each of [one, other]) await leave(each);
    });
  });

  it.each<[string, (of: TestOffice) => Person]>([
    ["leadership", ({ people }) => people.leadership],
    ["the help desk", ({ people }) => people.helpDesk],
  ])("is not decided by %s, nor is a transfer or a return", async (_, who) => {
    const person = await office.hire(["user"]);
    const before = await office.contents();
    for (const attempt of [
      leave(person, who(office)),
      transfer(person, dinkes, who(office)),
      comeBack(person, who(office)),
    ]) {
      expect(await attempt).toMatchObject({ refusal: { code: "not-administrator" } });
    }
    expect(await office.contents()).toEqual(before);
  });

  it("is refused of oneself, of who has left, and of nobody", async () => {
    const { administrator } = office.people;
    expect(await leave(administrator)).toMatchObject({ refusal: { code: "not-yourself" } });
    expect(await transfer(administrator)).toMatchObject({ refusal: { code: "not-yourself" } });
    const person = await office.hire(["user"]);
    await leave(person);
    expect(await leave(person)).toMatchObject({ refusal: { code: "person-inactive" } });
    expect(await transfer(person)).toMatchObject({ refusal: { code: "person-inactive" } });
    expect(await leave({ ...person, id: 999_999 })).toMatchObject({ refusal: { code: "no-such-person" } });
  });

  it("of administrators leaves one who is linked, also when two take out each other at once", async () => {
    const [one, other] = [office.people.administrator, office.people.administrator2];
    const results = await office.atOnce(
      (tx) => deactivatePerson(tx, one, office.setting(), { personId: other.id, answers: {} }),
      (tx) => deactivatePerson(tx, other, office.setting(), { personId: one.id, answers: {} }),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: "not-administrator" } });
    const [stays, left] = results[0]?.ok ? [one, other] : [other, one];
    expect((await getPerson(office.db, stays.id)).isActive).toBe(true);

    // An administrator who is not linked cannot take out the last one who is.
    const unlinked = await office.hire(["administrator"], { isLinked: false });
    expect(await leave(stays, unlinked)).toMatchObject({ refusal: { code: "last-administrator" } });
    expect(await transfer(stays, dinkes, unlinked)).toMatchObject({ refusal: { code: "last-administrator" } });
    expect((await leave(unlinked, stays)).ok).toBe(true);
    office.people.administrator = stays;
    expect((await comeBack(left, stays)).ok).toBe(true);
  });
});

describe("coming back", () => {
  it("makes a user of who left, and nothing else; the account is linked anew", async () => {
    const person = await office.hire(["leadership", "it-support"]);
    await leave(person);
    expect((await comeBack(person)).ok).toBe(true);
    expect(await getPerson(office.db, person.id)).toMatchObject({ isActive: true, roles: ["user"] });
    expect(await findAccount(office.db, person.id)).toBeUndefined();
    expect(await findLeaving(office.db, person.id)).toBeUndefined();
    expect(await lastJournal("person-returned")).toMatchObject({ id: person.id });
    expect(await comeBack(person)).toMatchObject({ refusal: { code: "person-active" } });
  });
});

describe("a desk role that is withdrawn", () => {
  it("gives back the work of that role, and no other", async () => {
    const person = await office.hire(["it-support", "help-desk"]);
    const ofSupport = await workOf(person);
    const ofDesk = await office.file();
    await office.act((tx) => takeTicket(tx, person, office.setting(), { ticketId: ofDesk, fromPersonId: null }));
    await office.takeMail();
    const input = { personId: person.id, role: "it-support" } as const;
    await office.act((tx) => withdrawRole(tx, office.people.administrator, office.setting(), input));

    expect((await office.ticket(ofSupport)).assigneeId).toBeNull();
    expect((await office.ticket(ofDesk)).assigneeId).toBe(person.id);
    const told = (await office.takeMail()).filter((mail) => mail.news === "given-back");
    expect(told.every((mail) => mail.ticketId === ofSupport)).toBe(true);
    expect(told.map(({ to }) => to)).toContain(office.people.itSupport.name);
  });
});
