import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  decideIsolation,
  isolateApplication,
  keepIsolations,
  recordIsolationEnded,
} from "../../../../core/actions/hosting/isolate-application.ts";
import { decideRole, grantRole } from "../../../../core/actions/people/manage-people.ts";
import { endSubstitution, setSubstitute } from "../../../../core/actions/people/substitutions.ts";
import { beginShift } from "../../../../core/actions/shift/shifts.ts";
import { askAgain } from "../../../../core/actions/ticket/ask-again.ts";
import { changeFreeze } from "../../../../core/actions/ticket/freeze.ts";
import { addRole, getPerson, removeRole } from "../../../../core/db/people/people.ts";
import type { Application } from "../../../../core/domain/hosting/application.ts";
import type { IsolationDecision } from "../../../../core/domain/hosting/isolation.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { hostApplication } from "../../../support/hosted.ts";
import { accepted } from "../../../support/ipam.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

const reason = { reason: "Halaman depan diubah orang lain." };
const nextDay = minutesAfter(morning, 25 * 60);

let office: TestOffice;
let application: Application;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  await office.db.updateTable("isolation").set({ ended_at: morning }).where("ended_at", "is", null).execute();
  application = await hostApplication(office, { upTo: "application-built" });
  await office.takeMail();
});

const isolate = async (who: Person) =>
  accepted(
    await office.act((tx) =>
      isolateApplication(tx, who, office.setting(), { applicationId: application.id, answers: reason }),
    ),
  );
const decide = (who: Person, isolationId: number, decision: IsolationDecision, now = morning) =>
  office.act((tx) => decideIsolation(tx, who, office.setting(now), { isolationId, decision, answers: reason }));
const keep = (now: Date) => office.act((tx) => keepIsolations(tx, office.setting(now)));
const told = async (kind: string) =>
  (await office.takeMail())
    .filter((mail) => mail.kind === kind)
    .map(({ to }) => to)
    .toSorted();

describe("who decides on an isolation", () => {
  it("is never who stands in for who did it, who is not asked either, nor a substitute out of their time", async () => {
    const { leadership } = office.people;
    const leader = await office.hire(["leadership", "data-center"], { name: "Hasan Marpaung" });
    const deputy = await office.hire(["user"], { name: "Wakil Pimpinan" });
    const input = { forPersonId: leader.id, personId: deputy.id };
    const days = { "from-day": "hari ini", "until-day": "hari ini" };
    const answers = { ...days, "substitution-kind": "plh", decree: "800/12/2026" };
    accepted(await office.act((tx) => setSubstitute(tx, leader, office.setting(), { ...input, answers })));
    const acting = await getPerson(office.db, deputy.id);
    await office.takeMail();

    const own = await isolate(leader);
    expect(await told("isolation-asked")).toEqual([leadership.name]);
    for (const decision of ["confirmed", "lifted"] as const) {
      expect(await decide(acting, own, decision)).toMatchObject({ refusal: { code: "not-for-whom-you-substitute" } });
    }
    await office.db.updateTable("isolation").set({ begun_by: office.people.dataCenter.id }).execute();
    expect(await decide(acting, own, "lifted", nextDay)).toMatchObject({
      refusal: { code: "substitution-not-in-force" },
    });
    accepted(await decide(acting, own, "confirmed"));

    const { id: substitutionId } = await office.db.selectFrom("substitution").select("id").executeTakeFirstOrThrow();
    await office.act((tx) => endSubstitution(tx, leader, office.setting(), { substitutionId }));
    await office.act((tx) => removeRole(tx, leader.id, "leadership"));
  });

  it("is no administrator, and nobody whose rights have ended since", async () => {
    const both = await office.hire(["leadership", "administrator"], { name: "Rangkap Jabatan" });
    const isolationId = await isolate(office.people.dataCenter);
    expect(await told("isolation-asked")).toEqual([office.people.leadership.name]);
    expect(await decide(both, isolationId, "lifted")).toMatchObject({
      refusal: { code: "administrator-never-decides" },
    });
    await office.act((tx) => removeRole(tx, both.id, "administrator"));
    await office.act((tx) => removeRole(tx, both.id, "leadership"));
    expect(await decide({ ...both, roles: ["leadership"] }, isolationId, "lifted")).toMatchObject({
      refusal: { code: "not-your-role" },
    });
  });

  it("may confirm it while updates are frozen, and lifts it afterwards only", async () => {
    const { leadership, dataCenter } = office.people;
    const freeze = (change: "set" | "lifted") =>
      office.act((tx) =>
        changeFreeze(tx, leadership, office.setting(), { change, answers: { note: "Ada serangan." } }),
      );
    const isolationId = await isolate(dataCenter);
    accepted(await freeze("set"));
    expect(await decide(leadership, isolationId, "lifted")).toMatchObject({ refusal: { code: "approvals-frozen" } });
    accepted(await decide(leadership, isolationId, "confirmed"));
    accepted(await freeze("lifted"));
    accepted(await decide(leadership, isolationId, "lifted"));
  });
});

it("an isolation on which nobody can decide is told to who did it and to administrators, each day", async () => {
  const { leadership, administrator, administrator2 } = office.people;
  await office.act((tx) =>
    addRole(tx, { personId: leadership.id, role: "data-center", grantedBy: null, now: morning }),
  );
  await isolate(await getPerson(office.db, leadership.id));
  const those = [administrator.name, administrator2.name, leadership.name].toSorted();
  const mail = await office.takeMail();
  expect(mail.filter(({ kind }) => kind === "isolation-asked")).toEqual([]);
  expect(
    mail
      .filter(({ kind }) => kind === "no-isolation-decider")
      .map(({ to }) => to)
      .toSorted(),
  ).toEqual(those);
  await keep(nextDay);
  expect(await told("no-isolation-decider")).toEqual(those);
  const other = await office.hire(["leadership"], { name: "Pimpinan Lain" });
  await keep(minutesAfter(nextDay, 25 * 60));
  expect(await told("isolation-asked")).toEqual([other.name]);
  await office.act((tx) => removeRole(tx, other.id, "leadership"));
  await office.act((tx) => removeRole(tx, leadership.id, "data-center"));
});

describe("who can decide later on what waits", () => {
  const give = (personId: number, role: "leadership" | "data-center") =>
    office.act((tx) => grantRole(tx, office.people.administrator, office.setting(), { personId, role }));

  it("is asked once: when the role is given, when a substitution starts, when they can be reached; and not if it is decided", async () => {
    const { leadership, administrator2, dataCenter } = office.people;
    const deputy = await office.hire(["user"], { name: "Sekretaris Dinas" });
    const leader = await office.hire(["user"], { name: "Kepala Dinas" });
    const own = await isolate(dataCenter);
    await office.takeMail();

    accepted(await give(leader.id, "leadership"));
    const { id: proposalId } = await office.db
      .selectFrom("role_proposal")
      .select("id")
      .where("person_id", "=", leader.id)
      .executeTakeFirstOrThrow();
    const confirmed = { proposalId, decision: "confirmed" } as const;
    accepted(await office.act((tx) => decideRole(tx, administrator2, office.setting(), confirmed)));
    expect(await told("isolation-asked")).toEqual([leader.name]);

    const days = { "from-day": "hari ini", "until-day": "hari ini" };
    const answers = { ...days, "substitution-kind": "plh", decree: "800/13/2026" };
    const input = { forPersonId: leadership.id, personId: deputy.id, answers };
    accepted(await office.act((tx) => setSubstitute(tx, leadership, office.setting(), input)));
    expect(await told("isolation-asked")).toEqual([deputy.name]);

    const reached = (who: Person) => office.act((tx) => askAgain(tx, who.id, office.setting()));
    await reached(leader);
    expect(await told("isolation-asked")).toEqual([leader.name]);
    await reached(leader);
    await office.deliver();
    await reached(leader);
    accepted(await give(leader.id, "data-center"));
    await reached(dataCenter);
    expect(await told("isolation-asked")).toEqual([]);

    accepted(await decide(leader, own, "confirmed"));
    await office.takeMail();
    await reached(deputy);
    expect(await told("isolation-asked")).toEqual([]);
    await office.act((tx) => removeRole(tx, leader.id, "leadership"));
  });
});

describe("whose application it is", () => {
  it("learns that it is off the net and back again, and never why", async () => {
    const { requester, helpDesk, leadership } = office.people;
    await office.act((tx) => beginShift(tx, helpDesk, office.setting()));
    await office.takeMail();
    const isolationId = await isolate(helpDesk);
    const mail = (await office.takeMail()).filter(({ kind }) => kind === "isolation-told");
    expect(mail).toEqual([expect.objectContaining({ to: requester.name, isolationId })]);
    expect(mail[0]).not.toHaveProperty("isBack");
    accepted(await decide(leadership, isolationId, "lifted"));
    expect(await told("isolation-told")).toEqual([]);
    await office.act((tx) => recordIsolationEnded(tx, office.setting(), isolationId));
    expect((await office.takeMail()).filter(({ kind }) => kind === "isolation-told")).toEqual([
      expect.objectContaining({ to: requester.name, isolationId, isBack: true }),
    ]);
  });
});
