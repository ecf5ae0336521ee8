import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { issueLinkCode, linkAccount, unlinkAccount } from "../../../../core/actions/people/link-account.ts";
import {
  addPerson,
  correctPerson,
  decideRole,
  grantRole,
  withdrawRole,
} from "../../../../core/actions/people/manage-people.ts";
import { linkAccount as insertLink } from "../../../../core/db/people/accounts.ts";
import { addRole, getPerson, listPeopleWithRole, updatePerson } from "../../../../core/db/people/people.ts";
import { findProposal, listOpenProposals } from "../../../../core/db/people/role-proposals.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import type { Role } from "../../../../core/domain/people/roles.ts";
import { chatOf, minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let person: Person;
let sequence = 100;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  person = await office.hire(["user"]);
  await office.takeMail();
});

/** A NIP that nobody has yet. */
function nip(): string {
  sequence += 1;
  return `199001012015012${sequence}`;
}

/** P G.4: who runs the data center is a civil servant. */
const purwakarta = () => office.setting(morning, { civilServantsOnly: ["data-center"] });

function add(by: Person, answers: Answers) {
  const { officeId } = office.people.requester;
  return office.act((tx) => addPerson(tx, by, office.setting(), { officeId, answers }));
}

function correct(by: Person, answers: Answers, personId = person.id, setting = office.setting()) {
  return office.act((tx) => correctPerson(tx, by, setting, { personId, answers }));
}

function grant(by: Person, role: Role, personId = person.id, setting = office.setting()) {
  return office.act((tx) => grantRole(tx, by, setting, { personId, role }));
}

function withdraw(by: Person, role: Role, personId = person.id) {
  return office.act((tx) => withdrawRole(tx, by, office.setting(), { personId, role }));
}

function decide(by: Person, proposalId: number, decision: "confirmed" | "rejected" = "confirmed") {
  const later = office.setting(minutesAfter(morning, 5));
  return office.act((tx) => decideRole(tx, by, later, { proposalId, decision }));
}

async function proposalFor(personId = person.id, by = office.people.administrator): Promise<number> {
  const proposed = await grant(by, "leadership", personId);
  expect(proposed).toEqual({ ok: true, value: "proposed" });
  const row = await office.db
    .selectFrom("role_proposal")
    .select("id")
    .where("person_id", "=", personId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  await office.takeMail();
  return row.id;
}

async function issueCode(by: Person): Promise<string> {
  const issued = await office.act((tx) => issueLinkCode(tx, by, office.setting(), { personId: person.id }));
  if (!issued.ok) throw new Error(issued.refusal.code);
  return issued.value;
}

const unlink = () =>
  office.act((tx) => unlinkAccount(tx, office.people.administrator, office.setting(), { personId: person.id }));

const rolesOf = async (id = person.id) => (await getPerson(office.db, id)).roles;

async function lastJournalRow() {
  return office.db
    .selectFrom("journal")
    .select(["actor_id", "event", "subject_kind", "subject_id", "details"])
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
}

describe("adding a person", () => {
  it("puts a user of an office into the register", async () => {
    const number = nip();

    const added = await add(office.people.administrator, { name: " Siti  Aminah ", nip: number });

    if (!added.ok) throw new Error(added.refusal.code);
    expect(await getPerson(office.db, added.value)).toEqual({
      id: added.value,
      name: "Siti Aminah",
      nip: number,
      officeId: office.people.requester.officeId,
      roles: ["user"],
      isActive: true,
      isProvisional: false,
    });
    expect(await lastJournalRow()).toEqual({
      actor_id: office.people.administrator.id,
      event: "person-added",
      subject_kind: "person",
      subject_id: added.value,
      details: { officeId: office.people.requester.officeId },
    });
  });

  it("who is no civil servant has no NIP, and namesakes are two people", async () => {
    expect((await add(office.people.administrator, { name: "Siti Aminah" })).ok).toBe(true);
    expect((await add(office.people.administrator, { name: "Siti Aminah" })).ok).toBe(true);
  });

  it("is refused to who is no administrator", async () => {
    const before = await office.contents();

    expect(await add(office.people.leadership, { name: "Siti" })).toMatchObject({
      refusal: { code: "not-administrator" },
    });
    expect(await office.contents()).toEqual(before);
  });

  it.each<[string, Answers, string]>([
    ["without a name", {}, "answer-missing"],
    ["with an invisible name", { name: "\u3164" }, "text-empty"],
    ["with a name of 101 characters", { name: "a".repeat(101) }, "text-too-long"],
    ["with a NIP of 17 digits", { name: "Siti", nip: "19900101201501290" }, "nip-length"],
    ["with a role among the answers", { name: "Siti", role: "administrator" }, "answer-unknown"],
  ])("is refused %s", async (_, answers, code) => {
    expect(await add(office.people.administrator, answers)).toMatchObject({ refusal: { code } });
  });

  it("is refused with a NIP that somebody has, by whatever spaces", async () => {
    const number = nip();
    await add(office.people.administrator, { name: "Siti Aminah", nip: number });

    const again = await add(office.people.administrator, {
      name: "Aminah",
      nip: `${number.slice(0, 8)} ${number.slice(8)}`,
    });

    expect(again).toMatchObject({ refusal: { code: "nip-taken", values: { name: "Siti Aminah" } } });
  });
});

describe("correcting a person", () => {
  it("changes name and NIP, and says so in the journal without the words", async () => {
    const number = nip();

    expect((await correct(office.people.administrator, { name: "Siti Aminah", nip: number })).ok).toBe(true);

    expect(await getPerson(office.db, person.id)).toMatchObject({ name: "Siti Aminah", nip: number });
    expect(await lastJournalRow()).toEqual({
      actor_id: office.people.administrator.id,
      event: "person-corrected",
      subject_kind: "person",
      subject_id: person.id,
      details: {},
    });
  });

  it("keeps the NIP of the person, but takes nobody else's", async () => {
    const [own, anothers] = [nip(), nip()];
    await correct(office.people.administrator, { name: "Siti", nip: own });
    await add(office.people.administrator, { name: "Rahmat", nip: anothers });

    expect((await correct(office.people.administrator, { name: "Siti Aminah", nip: own })).ok).toBe(true);
    expect(await correct(office.people.administrator, { name: "Siti", nip: anothers })).toMatchObject({
      refusal: { code: "nip-taken", values: { name: "Rahmat" } },
    });
  });

  it("is refused to who is no administrator, and for who is not there", async () => {
    expect(await correct(person, { name: "Siti" })).toMatchObject({ refusal: { code: "not-administrator" } });
    expect(await correct(office.people.administrator, { name: "Siti" }, 999_999)).toMatchObject({
      refusal: { code: "no-such-person" },
    });
  });

  it("in Purwakarta who runs the data center keeps a NIP (P G.4)", async () => {
    const civilServant = await office.hire(["data-center"], { nip: nip() });

    expect(await correct(office.people.administrator, { name: "Siti" }, civilServant.id, purwakarta())).toMatchObject({
      refusal: { code: "civil-servants-only", values: { role: "data-center" } },
    });
    expect((await correct(office.people.administrator, { name: "Siti" }, civilServant.id)).ok).toBe(true);
  });

  it("who leads keeps a NIP in every office, and who never had one can be given another name", async () => {
    const leader = await office.hire(["leadership"], { isLinked: false });
    const former = await office.hire(["leadership"], { nip: null, isLinked: false });

    expect(await correct(office.people.administrator, { name: "Siti" }, leader.id)).toMatchObject({
      refusal: { code: "civil-servants-only", values: { role: "leadership" } },
    });
    expect((await correct(office.people.administrator, { name: "Siti" }, former.id)).ok).toBe(true);
  });
});

describe("giving a role", () => {
  it("is done at once, and the person is told and gets another menu", async () => {
    expect(await grant(office.people.administrator, "help-desk")).toEqual({ ok: true, value: "granted" });

    expect(await rolesOf()).toEqual(["help-desk", "user"]);
    expect(await office.takeMail()).toEqual([
      { to: person.name, kind: "roles-changed" },
      { to: person.name, kind: "command-menu" },
    ]);
    expect(await lastJournalRow()).toMatchObject({
      actor_id: office.people.administrator.id,
      event: "role-granted",
      subject_id: person.id,
      details: { role: "help-desk" },
    });
  });

  it.each<[string, (of: TestOffice) => [by: Person, role: Role, to: number], string]>([
    ["to who is no administrator", ({ people }) => [people.leadership, "help-desk", person.id], "not-administrator"],
    [
      "of the help desk by itself",
      ({ people }) => [people.helpDesk, "it-support", people.helpDesk.id],
      "not-administrator",
    ],
    [
      "administrator only by the server's terminal",
      ({ people }) => [people.administrator, "administrator", person.id],
      "administrator-by-terminal-only",
    ],
    [
      "for the administrator's own self",
      ({ people }) => [people.administrator, "help-desk", people.administrator.id],
      "not-for-yourself",
    ],
    ["that is held", ({ people }) => [people.administrator, "user", person.id], "role-held-already"],
    ["to nobody who is there", ({ people }) => [people.administrator, "help-desk", 999_999], "no-such-person"],
    [
      "of leadership to an administrator, who never approves",
      ({ people }) => [people.administrator, "leadership", people.administrator2.id],
      "administrator-never-approves",
    ],
  ])("is refused %s, and nothing is written", async (_, who, code) => {
    const [by, role, to] = who(office);
    const before = await office.contents();

    expect(await grant(by, role, to)).toMatchObject({ ok: false, refusal: { code } });
    expect(await office.contents()).toEqual(before);
  });

  it("is refused to an inactive person", async () => {
    await office.act((tx) => updatePerson(tx, person.id, { is_active: false }));
    expect(await grant(office.people.administrator, "help-desk")).toMatchObject({
      refusal: { code: "person-inactive" },
    });
  });

  it("in Purwakarta the data center is for civil servants only (P G.4)", async () => {
    const other = await office.hire(["user"], { nip: null });
    const civilServant = await office.hire(["user"], { nip: nip() });
    const { administrator } = office.people;

    expect(await grant(administrator, "data-center", other.id, purwakarta())).toMatchObject({
      refusal: { code: "civil-servants-only" },
    });
    expect((await grant(administrator, "data-center", civilServant.id, purwakarta())).ok).toBe(true);
    expect((await grant(administrator, "data-center", other.id)).ok).toBe(true);
  });

  it("two presses at once give it once", async () => {
    const press = (by: Person) => (tx: Parameters<typeof grantRole>[0]) =>
      grantRole(tx, by, office.setting(), { personId: person.id, role: "help-desk" });

    const outcomes = await office.atOnce(press(office.people.administrator), press(office.people.administrator2));

    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: "role-held-already" } });
    expect((await office.takeMail()).map(({ kind }) => kind)).toEqual(["roles-changed", "command-menu"]);
  });
});

describe("withdrawing a role", () => {
  it("is done at once, and the person is told", async () => {
    await grant(office.people.administrator, "help-desk");
    await office.takeMail();

    expect((await withdraw(office.people.administrator2, "help-desk")).ok).toBe(true);

    expect(await rolesOf()).toEqual(["user"]);
    expect((await office.takeMail()).map(({ kind }) => kind)).toEqual(["roles-changed", "command-menu"]);
    expect(await lastJournalRow()).toMatchObject({ event: "role-withdrawn", details: { role: "help-desk" } });
  });

  it.each<[string, (of: TestOffice) => [by: Person, role: Role, from: number], string]>([
    ["to who is no administrator", ({ people }) => [people.leadership, "user", person.id], "not-administrator"],
    [
      "of an administrator: by the terminal only",
      ({ people }) => [people.administrator, "administrator", people.administrator2.id],
      "administrator-by-terminal-only",
    ],
    ["that is not held", ({ people }) => [people.administrator, "help-desk", person.id], "role-not-held"],
    ["from nobody who is there", ({ people }) => [people.administrator, "user", 999_999], "no-such-person"],
  ])("is refused %s, and nothing is written", async (_, who, code) => {
    const [by, role, from] = who(office);
    const before = await office.contents();

    expect(await withdraw(by, role, from)).toMatchObject({ ok: false, refusal: { code } });
    expect(await office.contents()).toEqual(before);
  });
});

describe("leadership takes a second administrator", () => {
  it("is proposed by one, and the other administrators are asked", async () => {
    const { administrator, administrator2 } = office.people;

    expect(await grant(administrator, "leadership")).toEqual({ ok: true, value: "proposed" });

    expect(await rolesOf()).toEqual(["user"]);
    const journal = await lastJournalRow();
    expect(journal).toMatchObject({ actor_id: administrator.id, event: "role-proposed", subject_id: person.id });
    expect(await office.takeMail()).toEqual([
      { to: administrator2.name, kind: "role-proposed", proposalId: journal.details.proposalId },
    ]);
  });

  it("is confirmed by the other: given, journalled, announced to administrators and leadership", async () => {
    const { administrator, administrator2, leadership } = office.people;
    const proposalId = await proposalFor();

    expect((await decide(administrator2, proposalId)).ok).toBe(true);

    expect(await rolesOf()).toEqual(["leadership", "user"]);
    expect(await findProposal(office.db, proposalId)).toMatchObject({
      proposedBy: administrator.id,
      decidedBy: administrator2.id,
      decidedAt: minutesAfter(morning, 5),
      decision: "confirmed",
    });
    expect(await lastJournalRow()).toMatchObject({
      actor_id: administrator2.id,
      event: "role-granted",
      subject_id: person.id,
      details: { role: "leadership" },
    });
    expect(await office.takeMail()).toEqual([
      { to: person.name, kind: "roles-changed" },
      { to: person.name, kind: "command-menu" },
      { to: administrator.name, kind: "role-decided", proposalId },
      { to: leadership.name, kind: "role-decided", proposalId },
    ]);
    await withdraw(administrator, "leadership");
  });

  it("is rejected by the other: not given, journalled, announced, but not to the person", async () => {
    const { administrator, administrator2, leadership } = office.people;
    const proposalId = await proposalFor();

    expect((await decide(administrator2, proposalId, "rejected")).ok).toBe(true);

    expect(await rolesOf()).toEqual(["user"]);
    expect(await lastJournalRow()).toMatchObject({ event: "role-rejected", details: { role: "leadership" } });
    expect(await office.takeMail()).toEqual([
      { to: administrator.name, kind: "role-decided", proposalId },
      { to: leadership.name, kind: "role-decided", proposalId },
    ]);
  });

  it("is not proposed twice while it is open, but again after it was decided", async () => {
    const proposalId = await proposalFor();
    expect(await grant(office.people.administrator2, "leadership")).toMatchObject({
      refusal: { code: "proposed-already" },
    });

    await decide(office.people.administrator2, proposalId, "rejected");

    expect((await proposalFor(person.id, office.people.administrator2)) > proposalId).toBe(true);
  });

  it.each<[string, (of: TestOffice) => Person, string]>([
    ["to who proposed it", ({ people }) => people.administrator, "not-your-own-proposal"],
    ["to leadership", ({ people }) => people.leadership, "not-administrator"],
    ["to the person it is for", () => person, "not-administrator"],
    [
      "to the person it is for, even as an administrator",
      () => ({ ...person, roles: ["user", "administrator"] }),
      "not-for-yourself",
    ],
  ])("the decision is refused %s, and nothing is written", async (_, who, code) => {
    const proposalId = await proposalFor();
    const before = await office.contents();

    expect(await decide(who(office), proposalId)).toMatchObject({ ok: false, refusal: { code } });
    expect(await decide(who(office), proposalId, "rejected")).toMatchObject({ ok: false, refusal: { code } });
    expect(await office.contents()).toEqual(before);
  });

  it("the decision on what was never proposed is refused", async () => {
    expect(await decide(office.people.administrator2, 999_999)).toMatchObject({
      refusal: { code: "no-such-proposal" },
    });
  });

  it("is not confirmed for who has become an administrator since: an administrator never approves", async () => {
    const proposalId = await proposalFor();
    await office.act((tx) =>
      addRole(tx, { personId: person.id, role: "administrator", grantedBy: null, now: morning }),
    );

    expect(await decide(office.people.administrator2, proposalId)).toMatchObject({
      refusal: { code: "administrator-never-approves" },
    });
    expect((await decide(office.people.administrator2, proposalId, "rejected")).ok).toBe(true);
    await office.database.owner
      .deleteFrom("person_role")
      .where("person_id", "=", person.id)
      .where("role", "=", "administrator")
      .execute();
  });

  it("is not confirmed for who has become inactive since", async () => {
    const proposalId = await proposalFor();
    await office.act((tx) => updatePerson(tx, person.id, { is_active: false }));

    expect(await decide(office.people.administrator2, proposalId)).toMatchObject({
      refusal: { code: "person-inactive" },
    });
    expect((await decide(office.people.administrator2, proposalId, "rejected")).ok).toBe(true);
  });

  it.each<[string, (of: TestOffice) => Promise<unknown>]>([
    ["proposed", async ({ people }) => grant(people.administrator, "leadership")],
    [
      "confirmed",
      async ({ people }) => {
        const proposalId = await proposalFor();
        await issueCode(people.administrator);
        return decide(people.administrator2, proposalId);
      },
    ],
  ])("makes codes void that were given out before it is %s", async (_, then) => {
    await issueCode(office.people.administrator);
    await then(office);

    const codes = office.db.selectFrom("link_code").select("issued_by").where("person_id", "=", person.id);
    expect(await codes.execute()).toEqual([]);
    await withdraw(office.people.administrator, "leadership");
  });

  it.each<[string, (of: TestOffice) => Promise<unknown>]>([
    ["is linked no more", () => unlink()],
    [
      "was linked anew, by a code that was issued after the proposal",
      async ({ people }) => {
        const code = await issueCode(people.administrator);
        const later = office.setting(minutesAfter(morning, 1));
        return office.act((tx) => linkAccount(tx, chatOf(person) + 1_000_000, later, { code }));
      },
    ],
    [
      "was linked anew to the same account",
      async () => {
        await unlink();
        const link = { personId: person.id, telegramUserId: chatOf(person), now: minutesAfter(morning, 1) };
        return office.act((tx) => insertLink(tx, link));
      },
    ],
  ])("is not confirmed for who %s since it was proposed, but can be rejected", async (_, change) => {
    const { administrator2 } = office.people;
    const proposalId = await proposalFor();
    await change(office);
    const before = await office.contents();

    expect(await decide(administrator2, proposalId)).toMatchObject({ refusal: { code: "linked-since-proposal" } });
    expect(await office.contents()).toEqual(before);
    expect((await decide(administrator2, proposalId, "rejected")).ok).toBe(true);
  });

  it("is proposed and confirmed for the account that is linked then", async () => {
    const { administrator, administrator2 } = office.people;
    const former = await proposalFor();
    const code = await issueCode(administrator);
    const later = office.setting(minutesAfter(morning, 1));
    await office.act((tx) => linkAccount(tx, chatOf(person) + 1_000_000, later, { code }));
    await decide(administrator2, former, "rejected");
    await grant(administrator, "leadership", person.id, office.setting(minutesAfter(morning, 2)));
    const [proposal] = await listOpenProposals(office.db, person.id);

    expect((await decide(administrator2, proposal?.id ?? 0)).ok).toBe(true);
    expect(await rolesOf()).toEqual(["leadership", "user"]);
    await withdraw(administrator, "leadership");
  });

  it("an empty list of approvers means nobody: with one administrator a proposal stays open", async () => {
    const { administrator, administrator2, leadership } = office.people;
    await office.act((tx) => updatePerson(tx, administrator2.id, { is_active: false }));
    const proposalId = await proposalFor();

    for (const by of [administrator, leadership, { ...administrator2, isActive: false }]) {
      expect((await decide(by, proposalId)).ok).toBe(false);
    }

    expect(await listPeopleWithRole(office.db, "administrator")).toHaveLength(1);
    expect(await findProposal(office.db, proposalId)).toMatchObject({ decision: null, decidedBy: null });
    await office.act((tx) => updatePerson(tx, administrator2.id, { is_active: true }));
  });
});

it("after a decision the message loses its buttons and says who decided what, and when", async () => {
  const { administrator, administrator2, leadership } = office.people;
  await grant(administrator, "leadership");
  const [messageId] = await office.deliver();
  const { details } = await lastJournalRow();
  const proposalId = Number(details.proposalId);

  await decide(administrator2, proposalId, "rejected");

  const decided = { kind: "role-decided", proposalId };
  expect(await office.takeMail()).toEqual([
    { to: administrator2.name, edits: messageId, ...decided },
    { to: administrator.name, ...decided },
    { to: leadership.name, ...decided },
  ]);
});

describe("two presses at once on a proposal", () => {
  it("one decides, the other is told who did; decisions are only added, never changed", async () => {
    const third = await office.hire(["administrator"]);
    const { administrator2 } = office.people;
    const proposalId = await proposalFor();
    const press = (by: Person, decision: "confirmed" | "rejected") => (tx: Parameters<typeof decideRole>[0]) =>
      decideRole(tx, by, office.setting(), { proposalId, decision });

    const outcomes = await office.atOnce(press(administrator2, "confirmed"), press(third, "rejected"));

    const proposal = await findProposal(office.db, proposalId);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toEqual({
      ok: false,
      refusal: { code: "decided-already", values: { decidedBy: proposal?.decidedBy } },
    });
    expect(proposal).toMatchObject(
      outcomes[0]?.ok
        ? { decision: "confirmed", decidedBy: administrator2.id }
        : { decision: "rejected", decidedBy: third.id },
    );
    expect(await rolesOf()).toEqual(outcomes[0]?.ok ? ["leadership", "user"] : ["user"]);
  });

  it("a replayed button changes nothing, not even to the same", async () => {
    const proposalId = await proposalFor();
    await decide(office.people.administrator2, proposalId);
    const before = await office.contents();

    for (const decision of ["confirmed", "rejected"] as const) {
      expect(await decide(office.people.administrator2, proposalId, decision)).toMatchObject({
        refusal: { code: "decided-already", values: { decidedBy: office.people.administrator2.id } },
      });
    }

    expect(await office.contents()).toEqual(before);
  });
});

it("the journal of all this has nobody's name and nobody's NIP", async () => {
  const journal = JSON.stringify(await office.db.selectFrom("journal").selectAll().execute());
  const people = await office.db.selectFrom("person").select(["name", "nip"]).execute();

  expect(journal).toContain("person-corrected");
  for (const { name, nip } of people) {
    expect(journal).not.toContain(name);
    if (nip !== null) expect(journal).not.toContain(nip);
  }
});
