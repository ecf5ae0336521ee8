import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  issueLinkCode,
  linkAccount,
  makeLinkCode,
  unlinkAccount,
} from "../../../../core/actions/people/link-account.ts";
import { findAccount } from "../../../../core/db/people/accounts.ts";
import {
  addRole,
  findPersonByTelegramUser,
  lockPerson,
  removeRole,
  updatePerson,
} from "../../../../core/db/people/people.ts";
import { noteStranger } from "../../../../core/db/people/strangers.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import type { Role } from "../../../../core/domain/people/roles.ts";
import { chatOf, minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let newcomer: Person;
let phone = 5_000_000;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  newcomer = await office.hire(["user"], { isLinked: false });
  phone += 1;
  await office.takeMail();
});

function issue(by: Person, personId = newcomer.id) {
  return office.act((tx) => issueLinkCode(tx, by, office.setting(), { personId }));
}

async function codeFor(person: Person): Promise<string> {
  const issued = await issue(office.people.administrator, person.id);
  if (!issued.ok) throw new Error(issued.refusal.code);
  return issued.value;
}

function link(code: string, telegramUserId = phone, now = morning) {
  return office.act((tx) => linkAccount(tx, telegramUserId, office.setting(now), { code }));
}

async function linkedTo(telegramUserId: number): Promise<number | undefined> {
  return (await findPersonByTelegramUser(office.db, telegramUserId))?.id;
}

describe("a code", () => {
  it("is issued by an administrator, has no letters that look alike, and only its hash is kept", async () => {
    const code = await codeFor(newcomer);

    expect(code).toMatch(/^[A-HJKMNP-Z2-9]{16}$/);
    const stored = JSON.stringify(await office.contents());
    expect(stored).not.toContain(code);
    expect(stored).toContain("link-code-issued");
  });

  it.each<[string, (of: TestOffice) => Person]>([
    ["leadership", ({ people }) => people.leadership],
    ["the help desk", ({ people }) => people.helpDesk],
    ["an inactive administrator", ({ people }) => ({ ...people.administrator, isActive: false })],
  ])("is refused to %s", async (_, who) => {
    expect(await issue(who(office))).toMatchObject({ refusal: { code: "not-administrator" } });
  });

  it("for an administrator comes from the server's terminal only", async () => {
    expect(await issue(office.people.administrator, office.people.administrator2.id)).toMatchObject({
      refusal: { code: "administrator-by-terminal-only" },
    });
  });

  it("is refused for who is inactive, or not in the register", async () => {
    await office.act((tx) => updatePerson(tx, newcomer.id, { is_active: false }));

    expect(await issue(office.people.administrator)).toMatchObject({ refusal: { code: "person-inactive" } });
    expect(await issue(office.people.administrator, 999_999)).toMatchObject({ refusal: { code: "no-such-person" } });
  });

  it("makes the person's older one void, and nobody else's", async () => {
    const other = await office.hire(["user"], { isLinked: false });
    const [older, others] = [await codeFor(newcomer), await codeFor(other)];
    const newer = await codeFor(newcomer);

    expect(await link(older)).toMatchObject({ refusal: { code: "code-unknown" } });
    expect((await link(newer)).ok).toBe(true);
    expect((await link(others, phone + 1_000_000)).ok).toBe(true);
  });
});

describe("linking", () => {
  it("welcomes the account, and it acts for the person from then on", async () => {
    const linked = await link(await codeFor(newcomer));

    expect(linked).toMatchObject({ ok: true, value: { id: newcomer.id } });
    expect(await linkedTo(phone)).toBe(newcomer.id);
    expect(await office.takeMail()).toEqual([
      { to: `chat ${phone}`, kind: "welcome" },
      { to: `chat ${phone}`, kind: "command-menu" },
    ]);
  });

  it("reads the code as people type it", async () => {
    const code = await codeFor(newcomer);
    expect((await link(` ${code.toLowerCase()}\n`)).ok).toBe(true);
  });

  it("forgets that the account was a stranger", async () => {
    await office.act((tx) => noteStranger(tx, phone, morning));
    await link(await codeFor(newcomer));

    const strangers = office.db.selectFrom("stranger").selectAll().where("telegram_user_id", "=", phone);
    expect(await strangers.execute()).toEqual([]);
  });

  it.each(["", "ABCD", "AAAAAAAAAAAAAAAA"])("is refused with an unknown code: %j", async (code) => {
    const before = await office.contents();

    expect(await link(code)).toMatchObject({ refusal: { code: "code-unknown" } });
    expect(await office.contents()).toEqual(before);
  });

  it("is refused with a code that was used, also to the account that used it", async () => {
    const code = await codeFor(newcomer);
    await link(code);

    expect(await link(code)).toMatchObject({ refusal: { code: "code-used" } });
    expect(await link(code, phone + 1_000_000)).toMatchObject({ refusal: { code: "code-used" } });
    expect(await linkedTo(phone)).toBe(newcomer.id);
  });

  it("is possible to the last moment of the hours, and refused then", async () => {
    const code = await codeFor(newcomer);

    expect(await link(code, phone, minutesAfter(morning, 24 * 60))).toMatchObject({
      refusal: { code: "code-expired" },
    });
    expect((await link(code, phone, minutesAfter(morning, 24 * 60 - 1))).ok).toBe(true);
  });

  it("is refused when the person has become inactive", async () => {
    const code = await codeFor(newcomer);
    await office.act((tx) => updatePerson(tx, newcomer.id, { is_active: false }));

    expect(await link(code)).toMatchObject({ refusal: { code: "code-unknown" } });
  });

  it("is refused to an account that is linked to somebody else, and the code stays good", async () => {
    const { requester } = office.people;
    const code = await codeFor(newcomer);

    expect(await link(code, chatOf(requester))).toMatchObject({
      refusal: { code: "account-linked-already", values: { name: requester.name } },
    });
    expect(await linkedTo(chatOf(requester))).toBe(requester.id);
    expect((await link(code)).ok).toBe(true);
  });

  it("is refused to an account that is linked to somebody who is inactive", async () => {
    const leaver = await office.hire(["user"]);
    await office.act((tx) => updatePerson(tx, leaver.id, { is_active: false }));

    expect(await link(await codeFor(newcomer), chatOf(leaver))).toMatchObject({
      refusal: { code: "account-linked-already", values: { name: leaver.name } },
    });
  });

  it("again with the same account changes nothing but uses the code", async () => {
    await link(await codeFor(newcomer));
    const again = await codeFor(newcomer);
    await office.takeMail();

    expect((await link(again)).ok).toBe(true);
    expect(await linkedTo(phone)).toBe(newcomer.id);
    expect((await office.takeMail()).map(({ kind }) => kind)).toEqual(["welcome", "command-menu"]);
    expect(await link(again)).toMatchObject({ refusal: { code: "code-used" } });
  });

  it("two accounts with one code at once: one gets it", async () => {
    const code = await codeFor(newcomer);
    const press = (telegramUserId: number) => (tx: Parameters<typeof linkAccount>[0]) =>
      linkAccount(tx, telegramUserId, office.setting(), { code });

    const outcomes = await office.atOnce(press(phone), press(phone + 1_000_000));

    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: "code-used" } });
  });

  it("while a new code is being issued: both come to an end, and no code is left over", async () => {
    const code = await codeFor(newcomer);
    const { administrator } = office.people;
    const release = Promise.withResolvers<void>();
    const isHeld = Promise.withResolvers<void>();
    const holder = office.act(async (tx) => {
      await lockPerson(tx, newcomer.id);
      isHeld.resolve();
      await release.promise;
    });
    await isHeld.promise;
    const issuing = issue(administrator);
    await office.waiters(1);
    const linking = link(code);
    await office.waiters(2);

    release.resolve();

    await holder;
    expect((await issuing).ok).toBe(true);
    expect(await linking).toMatchObject({ refusal: { code: "code-unknown" } });
  });
});

describe("who holds leadership or administrator", () => {
  it.each<[string, Role]>([
    ["leadership", "leadership"],
    ["administrator", "administrator"],
  ])("as %s is not linked by a code that an administrator had issued before", async (_, role) => {
    const code = await codeFor(newcomer);
    await office.act((tx) => addRole(tx, { personId: newcomer.id, role, grantedBy: null, now: morning }));
    const before = await office.contents();

    expect(await link(code)).toMatchObject({ refusal: { code: "code-not-for-these-rights" } });
    expect(await office.contents()).toEqual(before);
    await office.act((tx) => removeRole(tx, newcomer.id, role));
  });

  it("is linked by a code of the server's terminal", async () => {
    await office.act((tx) =>
      addRole(tx, { personId: newcomer.id, role: "administrator", grantedBy: null, now: morning }),
    );
    const code = await office.act((tx) => makeLinkCode(tx, newcomer.id, null, office.setting()));

    expect((await link(code)).ok).toBe(true);
    await office.act((tx) => removeRole(tx, newcomer.id, "administrator"));
  });
});

describe("a person has one active Telegram account at a time, and a former one's buttons are refused", () => {
  it("a new account replaces the former, which is told and loses its menu", async () => {
    await link(await codeFor(newcomer));
    const code = await codeFor(newcomer);
    await office.takeMail();

    await link(code, phone + 1_000_000);

    expect(await linkedTo(phone)).toBeUndefined();
    expect(await linkedTo(phone + 1_000_000)).toBe(newcomer.id);
    expect(await office.takeMail()).toEqual([
      { to: `chat ${phone}`, kind: "unlinked" },
      { to: `chat ${phone}`, kind: "command-menu" },
      { to: `chat ${phone + 1_000_000}`, kind: "welcome" },
      { to: `chat ${phone + 1_000_000}`, kind: "command-menu" },
    ]);
  });

  it("what is told to the person goes to the new account only", async () => {
    await link(await codeFor(newcomer));
    await link(await codeFor(newcomer), phone + 1_000_000);
    const id = await office.file({ by: newcomer });
    await office.walk(id, [
      ["issue-work-order", "help-desk", { "suspected-place": "unknown" }],
      ["application-is-normal", "it-support"],
      ["computer-is-normal", "it-support"],
    ]);

    await office.step(id, "ask-requester", office.people.itSupport, { note: "Sudah bisa?" });

    expect(await office.takeMail()).toMatchObject([{ to: `chat ${phone + 1_000_000}`, kind: "step-told" }]);
  });

  it("an account that was let go can be linked to somebody else", async () => {
    await link(await codeFor(newcomer));
    await link(await codeFor(newcomer), phone + 1_000_000);
    const other = await office.hire(["user"], { isLinked: false });

    expect((await link(await codeFor(other))).ok).toBe(true);
    expect(await linkedTo(phone)).toBe(other.id);
  });
});

describe("ending a link", () => {
  const unlink = (by: Person, personId = newcomer.id) =>
    office.act((tx) => unlinkAccount(tx, by, office.setting(), { personId }));

  it.each<[string, (of: TestOffice) => Person]>([
    ["by an administrator", ({ people }) => people.administrator],
    ["by the person", () => newcomer],
  ])("%s tells the account", async (_, who) => {
    await link(await codeFor(newcomer));
    await office.takeMail();

    expect((await unlink(who(office))).ok).toBe(true);
    expect(await findAccount(office.db, newcomer.id)).toBeUndefined();
    expect(await office.takeMail()).toEqual([
      { to: `chat ${phone}`, kind: "unlinked" },
      { to: `chat ${phone}`, kind: "command-menu" },
    ]);
  });

  it("is refused to others, and where nothing is linked", async () => {
    expect(await unlink(office.people.leadership)).toMatchObject({ refusal: { code: "not-administrator" } });
    expect(await unlink(office.people.administrator)).toMatchObject({ refusal: { code: "not-linked" } });
    expect(await unlink(office.people.administrator, 999_999)).toMatchObject({ refusal: { code: "not-linked" } });
  });
});

it("the journal says who was linked, without names, codes and accounts", async () => {
  const code = await office.act((tx) => makeLinkCode(tx, newcomer.id, null, office.setting()));
  await link(code);
  await office.act((tx) => unlinkAccount(tx, newcomer, office.setting(), { personId: newcomer.id }));

  const rows = await office.db
    .selectFrom("journal")
    .select(["event", "actor_id", "details"])
    .where("subject_kind", "=", "person")
    .where("subject_id", "=", newcomer.id)
    .orderBy("id")
    .execute();

  expect(rows).toEqual([
    { event: "link-code-issued", actor_id: null, details: {} },
    { event: "account-linked", actor_id: newcomer.id, details: {} },
    { event: "account-unlinked", actor_id: newcomer.id, details: {} },
  ]);
});
