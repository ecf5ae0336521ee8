import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { answerAboutPower, askForPower } from "../../../../core/actions/monitoring/ask-for-power.ts";
import { sayCause } from "../../../../core/actions/monitoring/outage-cause.ts";
import { changeTarget } from "../../../../core/actions/monitoring/targets.ts";
import { lockStates } from "../../../../core/db/monitoring/monitor-samples.ts";
import { findTarget } from "../../../../core/db/monitoring/monitor-targets.ts";
import { findOutage } from "../../../../core/db/monitoring/outages.ts";
import { listPowerQuestions } from "../../../../core/db/monitoring/power-questions.ts";
import type { CauseCode } from "../../../../core/domain/monitoring/outage.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { accepted } from "../../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { listOutagesOf } from "../../../support/outages.ts";
import { second, withTargets } from "../../../support/watched.ts";

let office: TestOffice;
let watched: ReturnType<typeof withTargets>;
let contact: Person;
let outageId: number;
let site: { targetId: number; checkId: number };
let sequence = 0;

beforeAll(async () => {
  office = await openOffice();
  watched = withTargets(office);
  await office.hire(["user"], { name: "Tanpa Akun", office: "Dinkes", isLinked: false });
  contact = await office.hire(["user"], { name: "Rina Wulandari", office: "Dinkes" });
});
afterAll(() => office.close());
beforeEach(async () => {
  sequence += 1;
  site = await watched.put(`Kantor ${sequence}`, {
    ...{ kind: "site", officeCode: "Dinkes", answers: { contact: "Rina Wulandari, 0812-3456-7890" } },
  });
  outageId = await cut(site);
  await office.takeMail();
});

/** Up, and down since a minute. @returns the outage */
async function cut({ targetId, checkId }: { targetId: number; checkId: number }): Promise<number> {
  await watched.record(0, { up: [checkId] });
  await watched.record(60, { down: [checkId] });
  await watched.record(63, { down: [checkId] });
  const [outage] = await listOutagesOf(office.db, targetId, 1);
  return outage?.id ?? 0;
}

const at = (seconds = 120) => office.setting(second(seconds));
const say = (cause: CauseCode, former: CauseCode | null = null, by = office.people.infrastructure) =>
  office.act((tx) => sayCause(tx, by, at(), { outageId, cause, former }));
const ask = (by = office.people.helpDesk, of = outageId) =>
  office.act((tx) => askForPower(tx, by, at(), { outageId: of }));
const answer = (questionId: number, isOut: boolean, by = contact) =>
  office.act((tx) => answerAboutPower(tx, by, at(180), { questionId, isOut }));
const cause = async () => (await findOutage(office.db, outageId))?.causeCode;
const mail = async () =>
  (await office.takeMail()).map(({ to, kind, edits }) => `${to} ${kind}${edits ? " again" : ""}`);
const refusalOf = (outcome: { ok: boolean; refusal?: { code: string } }) => outcome.refusal?.code;
const journal = async () =>
  (
    await office.db
      .selectFrom("journal")
      .select(["event", "details"])
      .where("subject_kind", "=", "outage")
      .where("subject_id", "=", outageId)
      .orderBy("id")
      .execute()
  ).map(({ event, details }) => ({ event, ...(details as object) }));

/** A question that was asked. */
async function asked(): Promise<number> {
  accepted(await ask());
  await office.takeMail();
  const [question] = await listPowerQuestions(office.db, outageId);
  return question?.id ?? 0;
}

describe("the cause of an outage", () => {
  test("is said by the desk, is corrected, and stands in the journal", async () => {
    accepted(await say("provider"));
    accepted(await say("fibre-cut", "provider"));
    expect(await cause()).toBe("fibre-cut");
    const targetId = site.targetId;
    expect(await journal()).toEqual([
      { event: "outage-cause-said", cause: "provider", former: null, targetId },
      { event: "outage-cause-said", cause: "fibre-cut", former: "provider", targetId },
    ]);
  });

  test("pressed again says it once, and an old button does not undo what was said since", async () => {
    accepted(await say("provider"));
    accepted(await say("provider"));
    expect(refusalOf(await say("device"))).toBe("cause-said-meanwhile");
    expect(await cause()).toBe("provider");
    expect(await journal()).toHaveLength(1);
  });

  test("is nobody's to say but the desk's, and of no outage that is none", async () => {
    expect(refusalOf(await say("power", null, contact))).toBe("not-at-desk");
    expect(await cause()).toBeNull();
    const outcome = await office.act((tx) =>
      sayCause(tx, office.people.helpDesk, at(), { outageId: 999_999, cause: "power", former: null }),
    );
    expect(refusalOf(outcome)).toBe("no-such-outage");
  });

  test("of two who press at once one says it, and the other is told", async () => {
    const { infrastructure, helpDesk } = office.people;
    const press = (by: Person, what: CauseCode) => (tx: Parameters<typeof sayCause>[0]) =>
      sayCause(tx, by, at(), { outageId, cause: what, former: null });
    const [first, other] = await office.oneInTheOther(press(infrastructure, "device"), press(helpDesk, "power"));
    expect([first.ok, refusalOf(other)]).toEqual([true, "cause-said-meanwhile"]);
  });

  test("may be said when it is over, too", async () => {
    await watched.record(90, { up: [site.checkId] });
    await watched.record(93, { up: [site.checkId] });
    accepted(await say("lightning"));
    expect(await cause()).toBe("lightning");
  });
});

describe("whether there is power", () => {
  test("is asked of the contact of the site, who answers once; that is noted, says why, and who asked is told", async () => {
    accepted(await ask());
    expect(await mail()).toEqual(["Rina Wulandari power-asked"]);
    const [question] = await listPowerQuestions(office.db, outageId);
    accepted(await answer(question?.id ?? 0, true));
    expect(await cause()).toBe("power");
    expect((await listPowerQuestions(office.db, outageId))[0]).toMatchObject({
      ...{ personName: "Rina Wulandari", isOut: true, answeredAt: second(180) },
    });
    expect(await mail()).toContain("Rosmaida Ritonga power-answered");
    expect(refusalOf(await answer(question?.id ?? 0, false))).toBe("power-answered");
    expect((await listPowerQuestions(office.db, outageId))[0]?.isOut).toBe(true);
    expect((await journal()).map(({ event }) => event)).toEqual(["power-asked", "power-answered", "outage-cause-said"]);
  });

  test("leaves what somebody has said of why, and says nothing where there is power", async () => {
    const questionId = await asked();
    accepted(await say("device"));
    accepted(await answer(questionId, true));
    expect(await cause()).toBe("device");

    outageId = await cut(
      await watched.put("Lain", { kind: "site", officeCode: "Dinkes", answers: { contact: "Rina 0812-3456-7890" } }),
    );
    accepted(await answer(await asked(), false));
    expect(await cause()).toBeNull();
  });

  test("is asked once about an outage, by the desk alone, and answered by nobody else", async () => {
    expect(refusalOf(await ask(contact))).toBe("not-at-desk");
    const questionId = await asked();
    expect(refusalOf(await ask())).toBe("power-asked-already");
    expect(await mail()).toEqual([]);
    expect(refusalOf(await answer(questionId, true, office.people.requester))).toBe("power-asked-of-another");
    expect(refusalOf(await answer(999_999, true))).toBe("power-asked-of-another");
  });

  test("is pressed twice at once, and asked and answered once", async () => {
    const press = (tx: Parameters<typeof askForPower>[0]) =>
      askForPower(tx, office.people.helpDesk, at(), { outageId });
    const both = await office.oneInTheOther(press, press);
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
    expect(await mail()).toEqual(["Rina Wulandari power-asked"]);
    const [question] = await listPowerQuestions(office.db, outageId);
    const reply = (isOut: boolean) => (tx: Parameters<typeof askForPower>[0]) =>
      answerAboutPower(tx, contact, at(180), { questionId: question?.id ?? 0, isOut });
    const answers = await office.oneInTheOther(reply(true), reply(false));
    expect(answers.map(refusalOf)).toEqual([undefined, "power-answered"]);
  });

  test.each([
    ["who is not in the register", "Bapak Kepala, 0812-3456-7890", "contact-without-chat"],
    ["who is in the register of another office", "Nurhayati Siregar, 0812-3456-7890", "contact-without-chat"],
    ["who has no chat", "Tanpa Akun, 0812-3456-7890", "contact-without-chat"],
    ["who is nobody", undefined, "site-without-contact"],
  ])("is not asked of a contact %s, who is to be phoned", async (_, words, code) => {
    const { version = 0, name = "" } = (await findTarget(office.db, site.targetId)) ?? {};
    const answers = { name, ...(words === undefined ? {} : { contact: words }) };
    const input = { targetId: site.targetId, version, officeCode: "Dinkes", parentId: null, answers };
    accepted(await office.act((tx) => changeTarget(tx, office.people.infrastructure, at(), input)));
    const outcome = await ask();
    expect(refusalOf(outcome)).toBe(code);
    if (!outcome.ok && words !== undefined) expect(outcome.refusal.values.contact).toBe(words);
    expect(await mail()).toEqual([]);
  });

  test("is asked of who blocked the bot no more", async () => {
    const account = office.db.updateTable("telegram_account").where("person_id", "=", contact.id);
    await account.set({ unreachable_since: second(0) }).execute();
    expect(refusalOf(await ask())).toBe("contact-without-chat");
    await account.set({ unreachable_since: null }).execute();
  });

  test("of a link is asked of the only site behind it, and of several of none", async () => {
    const link = await watched.put(`Link ${sequence}`, { kind: "link" });
    const place = (name: string) =>
      watched.put(name, {
        ...{ kind: "site", officeCode: "Dinkes", behind: link.targetId },
        answers: { contact: "Rina Wulandari, 0812-3456-7890" },
      });
    await place(`Puskesmas ${sequence}`);
    const ofLink = await cut(link);
    await place(`Pustu ${sequence}`);
    expect(refusalOf(await ask(office.people.helpDesk, ofLink))).toBe("site-without-contact");
    await office.db
      .updateTable("monitor_target")
      .set({ removed_at: second(1) })
      .where("name", "=", `Pustu ${sequence}`)
      .execute();
    accepted(await ask(office.people.helpDesk, ofLink));
  });
});

test.each([
  ["a cause", () => say("power")],
  ["a question", () => ask()],
])("%s waits for the watcher: whoever locks an outage has locked states before", async (_what, act) => {
  const isLocked = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  const watching = office.act(async (tx) => {
    await lockStates(tx);
    isLocked.resolve();
    await mayEnd.promise;
  });
  await isLocked.promise;
  const acting = act();
  const hasWaited = await Promise.race([acting.then(() => false), office.waiters(1).then(() => true)]);
  mayEnd.resolve();
  await watching;
  expect(hasWaited).toBe(true);
  accepted(await acting);
});
