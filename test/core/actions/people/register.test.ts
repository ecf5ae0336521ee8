import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { decideRegistration, expireRegistrations } from "../../../../core/actions/people/decide-registration.ts";
import { linkAccount, makeLinkCode, unlinkAccount } from "../../../../core/actions/people/link-account.ts";
import { grantRole, withdrawRole } from "../../../../core/actions/people/manage-people.ts";
import { deactivatePerson } from "../../../../core/actions/people/move-person.ts";
import { askForPoster, replacePosterToken } from "../../../../core/actions/people/posters.ts";
import {
  type Applicant,
  answerRegistration,
  beginRegistration,
  cancelRegistration,
  moveInRegistration,
  sendRegistration,
} from "../../../../core/actions/people/register.ts";
import { recordPaper } from "../../../../core/actions/record-paper.ts";
import { findPaper } from "../../../../core/db/papers.ts";
import { findAccount, linkAccount as insertLink } from "../../../../core/db/people/accounts.ts";
import { findOfficeByCode } from "../../../../core/db/people/offices.ts";
import {
  findPersonByNip,
  findPersonByTelegramUser,
  getPerson,
  insertPerson,
  removeRole,
  updatePerson,
} from "../../../../core/db/people/people.ts";
import { findPoster } from "../../../../core/db/people/posters.ts";
import { findRegistration, lockOpenRegistration } from "../../../../core/db/people/registrations.ts";
import type { Tx } from "../../../../core/db/tables.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import type { Registration } from "../../../../core/domain/people/registration.ts";
import type { Role } from "../../../../core/domain/people/roles.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

const words = { regency: "Kabupaten Uji", botUsername: "simpul_bot" };
const dayMinutes = 24 * 60;

let office: TestOffice;
let dinkes: number;
let officer: Person;
let officer2: Person;
let token: string;
let applicant: Applicant;
let sequence = 100;

beforeAll(async () => {
  office = await openOffice();
  dinkes = (await findOfficeByCode(office.db, "Dinkes")).id;
  officer = await office.hire(["user", "system-officer"], { name: "Petugas Satu", office: "Dinkes" });
  officer2 = await office.hire(["system-officer"], { name: "Petugas Dua", office: "Dinkes" });
  await ask(office.people.administrator);
  token = (await findPoster(office.db, dinkes))?.token ?? "";
});
afterAll(() => office.close());
beforeEach(async () => {
  sequence += 1;
  applicant = { telegramUserId: 5_000_000 + sequence, name: `Akun ${sequence}`, username: `akun_${sequence}` };
  await office.takeMail();
});

/** A NIP that nobody has yet. */
const nip = () => `199001012015012${sequence}`;
const ask = (by: Person, officeId = dinkes) =>
  office.act((tx) => askForPoster(tx, by, office.setting(), { ...words, officeId }));
const begin = (input = { token }) => office.act((tx) => beginRegistration(tx, applicant, office.setting(), input));
const answer = (text: string) => office.act((tx) => answerRegistration(tx, applicant, office.setting(), { text }));
const open = () => office.act((tx) => lockOpenRegistration(tx, applicant.telegramUserId));

async function idOfOpen(): Promise<number> {
  const found = await open();
  if (found === undefined) throw new Error("nothing is open");
  return found.id;
}

async function fillIn(values: { name?: string; nip?: string } = {}): Promise<number> {
  await begin();
  await answer(values.nip ?? nip());
  await answer(values.name ?? "Siti Aminah");
  return idOfOpen();
}

async function sendIn(values: { name?: string; nip?: string } = {}, now = morning): Promise<number> {
  const registrationId = await fillIn(values);
  await office.takeMail();
  const sent = await office.act((tx) => sendRegistration(tx, applicant, office.setting(now), { registrationId }));
  if (!sent.ok) throw new Error(sent.refusal.code);
  return registrationId;
}

function decide(by: Person, registrationId: number, decision: "approved" | "rejected" = "approved", reason?: string) {
  const input =
    decision === "approved"
      ? ({ registrationId, decision } as const)
      : { registrationId, decision, ...(reason === undefined ? {} : { reason }) };
  return office.act((tx) => decideRegistration(tx, by, office.setting(minutesAfter(morning, 30)), input));
}

async function stateOf(id: number): Promise<Registration["state"] | undefined> {
  return (await findRegistration(office.db, id))?.state;
}

const journalOf = async (id: number) => {
  const rows = await office.db
    .selectFrom("journal")
    .select(["event", "actor_id as by", "details"])
    .where("subject_kind", "=", "registration")
    .where("subject_id", "=", id)
    .orderBy("id")
    .execute();
  return rows;
};

describe("a poster", () => {
  it("is made for an administrator: the office's token is kept, and the worker gets its task", async () => {
    office.enqueued.length = 0;
    expect((await ask(office.people.administrator)).ok).toBe(true);
    expect((await findPoster(office.db, dinkes))?.token).toBe(token);
    expect(token).toMatch(/^K-[A-HJKMNP-Z2-9]{12}$/);
    expect(office.enqueued).toEqual([{ name: "make-paper", data: { paperId: expect.any(Number) } }]);
    const paper = await office.db.selectFrom("paper").selectAll().orderBy("id", "desc").executeTakeFirstOrThrow();
    expect(paper).toMatchObject({
      person_id: office.people.administrator.id,
      details: {
        officeName: "Dinas Kesehatan",
        regency: "Kabupaten Uji",
        link: `https://t.me/simpul_bot?start=${token}`,
        issuedAt: morning.toISOString(),
      },
    });
  });

  it("is refused to others, and while the bot does not know its own name", async () => {
    expect(await ask(officer)).toMatchObject({ refusal: { code: "not-administrator" } });
    const nameless = { regency: "", botUsername: "", officeId: dinkes };
    const { administrator } = office.people;
    expect(await office.act((tx) => askForPoster(tx, administrator, office.setting(), nameless))).toMatchObject({
      refusal: { code: "bot-name-unknown" },
    });
  });

  it("with a new token makes the older ones void, once", async () => {
    const { id: officeId } = await findOfficeByCode(office.db, "Disdukcapil");
    await ask(office.people.administrator, officeId);
    const former = (await findPoster(office.db, officeId))?.token ?? "";
    const replace = (by: Person) =>
      office.act((tx) => replacePosterToken(tx, by, office.setting(), { ...words, officeId, formerToken: former }));
    expect(await replace(officer)).toMatchObject({ refusal: { code: "not-administrator" } });
    expect((await replace(office.people.administrator)).ok).toBe(true);
    expect(await replace(office.people.administrator2)).toMatchObject({ refusal: { code: "poster-replaced-already" } });

    expect(await begin({ token: former })).toMatchObject({ refusal: { code: "poster-void" } });
    expect((await begin({ token: (await findPoster(office.db, officeId))?.token ?? "" })).ok).toBe(true);
    const events = office.db.selectFrom("journal").select("event").where("subject_kind", "=", "office");
    expect((await events.where("subject_id", "=", officeId).execute()).map(({ event }) => event)).toEqual([
      "poster-issued",
      "poster-replaced",
    ]);
  });
});

describe("a paper that was made", () => {
  async function asked(): Promise<number> {
    await ask(office.people.administrator);
    await office.takeMail();
    return (await office.db.selectFrom("paper").select("id").orderBy("id", "desc").executeTakeFirstOrThrow()).id;
  }
  const record = (paperId: number, sha256: string | null) =>
    office.act((tx) => recordPaper(tx, office.setting(), { paperId, sha256 }));

  it.each([
    ["is sent to who asked for it", "a".repeat(64), "stored"],
    ["or could not be made is told", null, "failed"],
  ])("%s, once", async (_, sha256, state) => {
    const paperId = await asked();
    await record(paperId, sha256);
    await record(paperId, "b".repeat(64));
    expect(await office.takeMail()).toEqual([{ to: office.people.administrator.name, kind: "paper", paperId }]);
    expect(await findPaper(office.db, paperId)).toMatchObject({ state, sha256 });
  });
});

describe("registering", () => {
  it("asks for NIP, then name, then shows both, and waits when it is sent", async () => {
    await begin();
    expect(await open()).toMatchObject({ state: "asking-nip", officeId: dinkes });
    await answer("19900101 201501 2 999");
    expect(await open()).toMatchObject({ state: "asking-name", nip: "199001012015012999" });
    await answer("  Siti   Aminah ");
    expect(await open()).toMatchObject({ state: "reviewing", name: "Siti Aminah" });
    const registrationId = await idOfOpen();
    expect(await office.takeMail()).toEqual(
      Array.from({ length: 3 }, () => ({
        to: `chat ${applicant.telegramUserId}`,
        kind: "registration",
        registrationId,
      })),
    );
    const send = () => office.act((tx) => sendRegistration(tx, applicant, office.setting(), { registrationId }));
    expect((await send()).ok).toBe(true);
    expect(await send()).toMatchObject({ refusal: { code: "question-passed" } });
    expect(await stateOf(registrationId)).toBe("waiting");
    expect(await journalOf(registrationId)).toEqual([
      { event: "registration-asked", by: null, details: { officeId: dinkes } },
    ]);
  });

  it.each<[string, string]>([
    ["12345", "nip-length"],
    ["bukan angka", "nip-not-digits"],
    ["199013012015012001", "nip-form"],
  ])("refuses %j as a NIP and keeps the question", async (typed, code) => {
    await begin();
    expect(await answer(typed)).toMatchObject({ refusal: { code } });
    expect(await open()).toMatchObject({ state: "asking-nip", nip: null });
  });

  it("refuses an empty name and one of 101 letters", async () => {
    await begin();
    await answer(nip());
    expect(await answer(" \u200b ")).toMatchObject({ refusal: { code: "text-empty" } });
    expect(await answer("x".repeat(101))).toMatchObject({ refusal: { code: "text-too-long" } });
    expect(await open()).toMatchObject({ state: "asking-name" });
  });

  it("goes back without losing what was answered", async () => {
    const registrationId = await fillIn();
    const move = (to: "asking-nip" | "asking-name" | "reviewing") =>
      office.act((tx) => moveInRegistration(tx, applicant, office.setting(), { registrationId, to }));
    await move("asking-nip");
    expect(await open()).toMatchObject({ state: "asking-nip", name: "Siti Aminah" });
    await answer(nip());
    expect(await open()).toMatchObject({ state: "reviewing", name: "Siti Aminah" });
    await move("asking-name");
    await move("reviewing");
    expect(await open()).toMatchObject({ state: "reviewing", nip: nip() });
  });

  it("cannot be moved past a question, nor once it waits", async () => {
    await begin();
    const registrationId = await idOfOpen();
    const move = (to: "asking-name" | "reviewing") =>
      office.act((tx) => moveInRegistration(tx, applicant, office.setting(), { registrationId, to }));
    expect(await move("asking-name")).toMatchObject({ refusal: { code: "question-passed" } });
    await answer(nip());
    expect(await move("reviewing")).toMatchObject({ refusal: { code: "question-passed" } });
    await answer("Siti");
    await office.act((tx) => sendRegistration(tx, applicant, office.setting(), { registrationId }));
    expect(await move("asking-name")).toMatchObject({ refusal: { code: "question-passed" } });
  });

  it("goes on for the office of the poster that was opened last, and keeps what was answered", async () => {
    await begin();
    await answer(nip());
    const { id: officeId } = await findOfficeByCode(office.db, "Disdukcapil");
    await ask(office.people.administrator, officeId);
    await begin({ token: (await findPoster(office.db, officeId))?.token ?? "" });
    expect(await open()).toMatchObject({ officeId, state: "asking-name", nip: nip() });
  });

  it("is one at a time: while it waits another poster changes nothing", async () => {
    const registrationId = await sendIn();
    await begin();
    expect(await open()).toMatchObject({ id: registrationId, state: "waiting" });
  });

  it("says the same whether the NIP is in the register or not", async () => {
    await office.hire(["user"], { office: "Dinkes", nip: nip(), isLinked: false });
    await sendIn({ nip: nip() });
    const [known] = [await office.takeMail()];
    sequence += 1;
    applicant = { ...applicant, telegramUserId: 5_000_000 + sequence };
    await sendIn({ nip: nip() });
    const unknown = await office.takeMail();
    const kinds = (mail: typeof known) => mail.map(({ to, kind }) => ({ to, kind }));
    expect(kinds(unknown)).toEqual(kinds(known));
  });

  it("is forgotten when it is given up before it was sent, and withdrawn after", async () => {
    const cancel = (registrationId: number) =>
      office.act((tx) => cancelRegistration(tx, applicant, office.setting(), { registrationId }));
    const first = await fillIn();
    await cancel(first);
    expect(await stateOf(first)).toBeUndefined();
    const second = await sendIn();
    await cancel(second);
    expect(await stateOf(second)).toBe("withdrawn");
    expect(await cancel(second)).toMatchObject({ refusal: { code: "no-such-registration" } });
    expect(await decide(officer, second)).toMatchObject({ refusal: { code: "registration-decided" } });
  });

  it("of another account is not touched by it", async () => {
    const registrationId = await fillIn();
    const other = { ...applicant, telegramUserId: applicant.telegramUserId + 500 };
    const input = { registrationId };
    const attempts = [
      office.act((tx) => sendRegistration(tx, other, office.setting(), input)),
      office.act((tx) => cancelRegistration(tx, other, office.setting(), input)),
      office.act((tx) => moveInRegistration(tx, other, office.setting(), { ...input, to: "asking-nip" })),
      office.act((tx) => answerRegistration(tx, other, office.setting(), { text: nip() })),
    ];
    for (const attempt of await Promise.all(attempts)) {
      expect(attempt).toMatchObject({ refusal: { code: "no-such-registration" } });
    }
    expect(await open()).toMatchObject({ state: "reviewing" });
  });

  it("keeps what the account calls itself on one line", async () => {
    applicant = { ...applicant, name: `A\n\u202e${"x".repeat(200)}` };
    await begin();
    const name = (await open())?.telegramName ?? "";
    expect(name).toMatch(/^A x+…$/);
    expect(name).toHaveLength(80);
  });
});

describe("a registration that waits", () => {
  it("is brought before the officers of the office, and nobody else", async () => {
    const registrationId = await sendIn();
    expect(await office.takeMail()).toEqual([
      { to: officer.name, kind: "registration-asked", registrationId },
      { to: officer2.name, kind: "registration-asked", registrationId },
    ]);
  });

  it("of an office without a linked officer is brought before the administrators", async () => {
    const { id: officeId } = await findOfficeByCode(office.db, "Disdukcapil");
    await office.hire(["system-officer"], { office: "Disdukcapil", isLinked: false });
    await ask(office.people.administrator, officeId);
    await begin({ token: (await findPoster(office.db, officeId))?.token ?? "" });
    await answer(nip());
    await answer("Tono");
    await office.takeMail();
    const registrationId = await idOfOpen();
    await office.act((tx) => sendRegistration(tx, applicant, office.setting(), { registrationId }));
    const asked = (await office.takeMail()).map(({ to }) => to).sort();
    expect(asked).toEqual([office.people.administrator.name, office.people.administrator2.name].sort());
  });

  it.each<[string, (of: { lone: Person }) => Promise<unknown>]>([
    [
      "loses the role",
      ({ lone }) =>
        office.act((tx) =>
          withdrawRole(tx, office.people.administrator, office.setting(), {
            personId: lone.id,
            role: "system-officer",
          }),
        ),
    ],
    [
      "is unlinked",
      ({ lone }) =>
        office.act((tx) => unlinkAccount(tx, office.people.administrator, office.setting(), { personId: lone.id })),
    ],
  ])("goes to the administrators when the last officer of the office %s", async (_, lose) => {
    const { id: officeId } = await findOfficeByCode(office.db, "Disdukcapil");
    const lone = await office.hire(["system-officer"], { office: "Disdukcapil" });
    await ask(office.people.administrator, officeId);
    await begin({ token: (await findPoster(office.db, officeId))?.token ?? "" });
    await answer(nip());
    await answer("Tono");
    const registrationId = await idOfOpen();
    await office.act((tx) => sendRegistration(tx, applicant, office.setting(), { registrationId }));
    await office.takeMail();

    await lose({ lone });

    const asked = (await office.takeMail()).filter((mail) => mail.registrationId === registrationId);
    expect(asked.map(({ to }) => to)).toContain(office.people.administrator.name);
  });
});

describe("a registration that is sent while the last officer of the office leaves", () => {
  const losses: [string, (lone: Person) => (tx: Tx) => Promise<{ ok: boolean }>][] = [
    [
      "is unlinked",
      (lone) => (tx) => unlinkAccount(tx, office.people.administrator, office.setting(), { personId: lone.id }),
    ],
    [
      "loses the role",
      (lone) => (tx) => {
        const input = { personId: lone.id, role: "system-officer" } as const;
        return withdrawRole(tx, office.people.administrator, office.setting(), input);
      },
    ],
    [
      "leaves",
      (lone) => (tx) => {
        const input = { personId: lone.id, answers: {} };
        return deactivatePerson(tx, office.people.administrator, office.setting(), input);
      },
    ],
  ];

  it.each(losses)("who %s, goes to the administrators whichever is first", async (_, lose) => {
    for (const order of ["sends first", "loses first"] as const) {
      const lone = await office.hire(["system-officer"], { office: "Disdukcapil" });
      const registrationId = await filledInFor(lone.officeId);
      const sending = (tx: Tx) => sendRegistration(tx, applicant, office.setting(), { registrationId });
      await office.takeMail();
      const done = await (order === "sends first"
        ? office.oneInTheOther(sending, lose(lone))
        : office.oneInTheOther(lose(lone), sending));

      expect(done.map(({ ok }) => ok)).toEqual([true, true]);
      const asked = (await office.takeMail()).filter((mail) => mail.registrationId === registrationId);
      expect(asked.map(({ to }) => to)).toContain(office.people.administrator.name);
      await decide(office.people.administrator, registrationId, "rejected");
      applicant = { ...applicant, telegramUserId: applicant.telegramUserId + 900 };
    }
  });

  async function filledInFor(officeId: number): Promise<number> {
    await ask(office.people.administrator, officeId);
    await begin({ token: (await findPoster(office.db, officeId))?.token ?? "" });
    await answer(nip());
    await answer("Tono");
    return idOfOpen();
  }
});

describe("an approval", () => {
  it("of an unknown NIP adds a person of the office, who is a user, linked and welcomed", async () => {
    const registrationId = await sendIn({ name: "Nurul Hidayah" });
    await office.takeMail();
    expect(await decide(officer, registrationId)).toEqual({ ok: true, value: "approved" });

    const person = await findPersonByTelegramUser(office.db, applicant.telegramUserId);
    expect(person).toMatchObject({ name: "Nurul Hidayah", nip: nip(), officeId: dinkes, roles: ["user"] });
    expect(await findRegistration(office.db, registrationId)).toMatchObject({
      state: "approved",
      decidedBy: officer.id,
      decidedAt: minutesAfter(morning, 30),
    });
    expect(await office.takeMail()).toEqual([
      { to: `chat ${applicant.telegramUserId}`, kind: "welcome" },
      { to: `chat ${applicant.telegramUserId}`, kind: "command-menu" },
    ]);
    expect(await journalOf(registrationId)).toEqual([
      { event: "registration-asked", by: null, details: { officeId: dinkes } },
      { event: "registration-approved", by: officer.id, details: { officeId: dinkes, personId: person?.id } },
    ]);
  });

  it("of somebody who is in the register links them, under the name that the register has", async () => {
    const known = await office.hire(["system-officer"], { office: "Dinkes", nip: nip(), isLinked: false });
    const registrationId = await sendIn({ name: "Nama Lain", nip: nip() });
    expect((await decide(officer, registrationId)).ok).toBe(true);
    expect(await findPersonByTelegramUser(office.db, applicant.telegramUserId)).toMatchObject({
      id: known.id,
      name: known.name,
      roles: ["system-officer", "user"],
    });
    await office.act((tx) => removeRole(tx, known.id, "system-officer"));
  });

  it("makes somebody of the register of who was only noted by the help desk", async () => {
    const id = await office.act(async (tx) => {
      const noted = { name: "Penelepon", nip: nip(), officeId: dinkes, isProvisional: true, now: morning } as const;
      return insertPerson(tx, noted);
    });
    const registrationId = await sendIn({ nip: nip() });
    await decide(officer, registrationId);
    expect(await getPerson(office.db, id)).toMatchObject({ isProvisional: false, roles: ["user"] });
  });

  it.each<Role>(["help-desk", "leadership", "administrator", "operator"])(
    "never links the account of who holds %s: the applicant is sent to the administrator",
    async (role) => {
      const known = await office.hire(["user", role], { office: "Dinkes", nip: nip(), isLinked: false });
      const registrationId = await sendIn({ nip: nip() });
      await office.takeMail();
      expect(await decide(officer, registrationId)).toEqual({ ok: true, value: "needs-code" });

      expect(await findAccount(office.db, known.id)).toBeUndefined();
      expect(await stateOf(registrationId)).toBe("needs-code");
      expect(await office.takeMail()).toEqual([
        { to: `chat ${applicant.telegramUserId}`, kind: "registration", registrationId },
      ]);
      expect((await journalOf(registrationId)).at(-1)).toMatchObject({ event: "registration-needs-code" });
    },
  );

  it.each<[string, (nip: string) => Promise<unknown>, string]>([
    [
      "is linked already",
      (taken) => office.hire(["user"], { office: "Dinkes", nip: taken }),
      "registrant-linked-already",
    ],
    [
      "is of another office",
      (taken) => office.hire(["user"], { office: "Disdukcapil", nip: taken, isLinked: false }),
      "registrant-of-another-office",
    ],
    [
      "has left",
      async (taken) => {
        const { id } = await office.hire([], { office: "Dinkes", nip: taken, isLinked: false });
        await office.act((tx) => updatePerson(tx, id, { is_active: false }));
      },
      "registrant-left",
    ],
  ])("is refused where who has the NIP %s, and the registration goes on waiting", async (_, prepare, code) => {
    await prepare(nip());
    const registrationId = await sendIn({ nip: nip() });
    const before = await office.contents();
    expect(await decide(officer, registrationId)).toMatchObject({ refusal: { code } });
    expect(await office.contents()).toEqual(before);
  });

  it("is refused for an account that was linked meanwhile", async () => {
    const registrationId = await sendIn();
    const other = await office.hire(["user"], { isLinked: false });
    await office.act((tx) =>
      insertLink(tx, { personId: other.id, telegramUserId: applicant.telegramUserId, now: morning }),
    );
    expect(await decide(officer, registrationId)).toMatchObject({ refusal: { code: "applicant-linked-already" } });
  });

  it("is no longer needed when the account is linked by a code: the officers see it withdrawn", async () => {
    const registrationId = await sendIn();
    const [messageId] = await office.deliver();
    const other = await office.hire(["user"], { isLinked: false });
    const code = await office.act((tx) => makeLinkCode(tx, other.id, null, office.setting()));
    await office.act((tx) => linkAccount(tx, applicant.telegramUserId, office.setting(), { code }));
    expect(await stateOf(registrationId)).toBe("withdrawn");
    expect(await office.takeMail()).toContainEqual({
      to: officer.name,
      kind: "registration-asked",
      registrationId,
      edits: messageId,
    });
  });

  it("edits the question of both officers", async () => {
    const registrationId = await sendIn();
    const [first, second] = await office.deliver();
    await decide(officer2, registrationId);
    const edits = (await office.takeMail()).filter(({ kind }) => kind === "registration-asked");
    expect(edits).toEqual([
      { to: officer.name, kind: "registration-asked", registrationId, edits: first },
      { to: officer2.name, kind: "registration-asked", registrationId, edits: second },
    ]);
  });

  it("counts once: of two at the same moment one decides", async () => {
    const registrationId = await sendIn();
    const input = { registrationId, decision: "approved" } as const;
    const results = await office.atOnce(
      (tx) => decideRegistration(tx, officer, office.setting(), input),
      (tx) => decideRegistration(tx, officer2, office.setting(), { registrationId, decision: "rejected" }),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: "registration-decided" } });
  });

  it("of two who ask with one NIP at the same moment links one", async () => {
    const one = await sendIn({ nip: nip() });
    const taken = nip();
    applicant = { ...applicant, telegramUserId: applicant.telegramUserId + 700 };
    const other = await sendIn({ nip: taken });
    const approve = (registrationId: number, by: Person) => (tx: Parameters<typeof decideRegistration>[0]) =>
      decideRegistration(tx, by, office.setting(), { registrationId, decision: "approved" });
    const results = await office.atOnce(approve(one, officer), approve(other, officer2));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({
      refusal: { code: expect.stringMatching(/^registrant-(just-added|linked-already)$/) },
    });
    expect(await findPersonByNip(office.db, taken)).toBeDefined();
  });
});

describe("a decision", () => {
  it("is refused to officers of other offices and to colleagues, and writes nothing", async () => {
    const registrationId = await sendIn();
    const elsewhere = await office.hire(["system-officer"], { office: "Disdukcapil" });
    const colleague = await office.hire(["user"], { office: "Dinkes" });
    const before = await office.contents();
    for (const person of [elsewhere, colleague, office.people.leadership, office.people.helpDesk]) {
      expect(await decide(person, registrationId)).toMatchObject({ refusal: { code: "not-officer-of-office" } });
      expect(await decide(person, registrationId, "rejected")).toMatchObject({
        refusal: { code: "not-officer-of-office" },
      });
    }
    expect(await office.contents()).toEqual(before);
  });

  it("on a registration that is not there is refused", async () => {
    expect(await decide(officer, 999_999)).toMatchObject({ refusal: { code: "no-such-registration" } });
  });

  it("is nobody's for their own NIP", async () => {
    const own = await office.hire(["system-officer"], { office: "Dinkes", nip: nip() });
    const registrationId = await sendIn({ nip: nip() });
    expect(await decide(own, registrationId)).toMatchObject({ refusal: { code: "not-your-own-registration" } });
  });

  it("to reject keeps the reason, and the applicant is told", async () => {
    const registrationId = await sendIn();
    await office.takeMail();
    expect(await decide(officer, registrationId, "rejected", "  Bukan pegawai kami ")).toEqual({
      ok: true,
      value: "rejected",
    });
    expect(await findRegistration(office.db, registrationId)).toMatchObject({
      state: "rejected",
      reason: "Bukan pegawai kami",
      decidedBy: officer.id,
    });
    expect(await office.takeMail()).toEqual([
      { to: `chat ${applicant.telegramUserId}`, kind: "registration", registrationId },
    ]);
    expect(JSON.stringify(await journalOf(registrationId))).not.toContain("Bukan pegawai");
    expect(await findPersonByTelegramUser(office.db, applicant.telegramUserId)).toBeUndefined();
  });

  it("to reject needs no reason, but not one that is too long", async () => {
    const registrationId = await sendIn();
    expect(await decide(officer, registrationId, "rejected", "x".repeat(4000))).toMatchObject({
      refusal: { code: "text-too-long" },
    });
    expect((await decide(officer, registrationId, "rejected")).ok).toBe(true);
    expect(await findRegistration(office.db, registrationId)).toMatchObject({ reason: null });
  });

  it("is too late after fourteen days; the clock ends it, and both sides are told", async () => {
    const registrationId = await sendIn();
    const [messageId] = await office.deliver();
    const late = office.setting(minutesAfter(morning, 14 * dayMinutes));
    const input = { registrationId, decision: "approved" } as const;
    expect(await office.act((tx) => decideRegistration(tx, officer, late, input))).toMatchObject({
      refusal: { code: "registration-expired" },
    });
    await office.act((tx) => expireRegistrations(tx, office.setting(minutesAfter(morning, 14 * dayMinutes - 1))));
    expect(await stateOf(registrationId)).toBe("waiting");
    await office.act((tx) => expireRegistrations(tx, late));
    expect(await stateOf(registrationId)).toBe("expired");
    const mail = await office.takeMail();
    expect(mail).toContainEqual({ to: officer.name, kind: "registration-asked", registrationId, edits: messageId });
    expect(mail).toContainEqual({ to: `chat ${applicant.telegramUserId}`, kind: "registration", registrationId });
    expect((await journalOf(registrationId)).at(-1)).toMatchObject({ event: "registration-expired", by: null });
  });

  it("of an administrator counts as well, and a former officer's does not", async () => {
    const former = await office.hire(["user"], { office: "Dinkes" });
    const grant = { personId: former.id, role: "system-officer" } as const;
    await office.act((tx) => grantRole(tx, office.people.administrator, office.setting(), grant));
    await office.act((tx) => withdrawRole(tx, office.people.administrator, office.setting(), grant));
    const registrationId = await sendIn();
    expect(await decide(await getPerson(office.db, former.id), registrationId)).toMatchObject({
      refusal: { code: "not-officer-of-office" },
    });
    expect((await decide(office.people.administrator, registrationId)).ok).toBe(true);
  });
});
