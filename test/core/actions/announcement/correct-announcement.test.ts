import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { discardAnnouncement } from "../../../../core/actions/announcement/write-announcement.ts";
import { unlinkAccount } from "../../../../core/actions/people/link-account.ts";
import { deactivatePerson, transferPerson } from "../../../../core/actions/people/move-person.ts";
import { recordBlockedChat } from "../../../../core/actions/record-delivery.ts";
import {
  countAudience,
  countReading,
  listForDesk,
  listFormerReading,
  listInForce,
  listReadingByOffice,
  listWithoutAccount,
} from "../../../../core/db/announcement/announcement-reach.ts";
import { getVersion } from "../../../../core/db/announcement/announcements.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { chatOf, minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { announcing } from "./announcements.ts";

let office: TestOffice;
let of: ReturnType<typeof announcing>;
let author: Person;
let leader: Person;
let dinkes: number;
let nurse: Person;
let doctor: Person;
let sequence = 0;

beforeAll(async () => {
  office = await openOffice();
  of = announcing(office);
  author = office.people.helpDesk;
  leader = office.people.leadership;
  dinkes = await of.officeId("Dinkes");
});
afterAll(() => office.close());
beforeEach(async () => {
  // Others of Dinkes are out of the way, so that each test begins with these two.
  await office.db.updateTable("person").set({ is_active: false }).where("office_id", "=", dinkes).execute();
  sequence += 1;
  nurse = await office.hire(["user"], { name: `Perawat ${sequence}`, office: "Dinkes" });
  doctor = await office.hire(["user"], { name: `Dokter ${sequence}`, office: "Dinkes" });
  await office.takeMail();
});

const sent = () => of.sent(author, leader, [dinkes]);
const readingOf = (id: number, version = 1) => countReading(office.db, id, version);
const page = { offset: 0, limit: 10 };

async function corrected(id: number, by = author): Promise<void> {
  const { version } = await of.announcement(id);
  await of.must(of.change(by, id, "text", `Yang benar: pukul ${10 + version}.00.`, version));
  await of.must(of.ask(by, id, version + 1));
  await office.takeMail();
  await of.must(of.approve(leader, id, version + 1, minutesAfter(morning, 60)));
}

describe("reading", () => {
  test("is noted once, with the first time", async () => {
    const id = await sent();
    const [first, second] = [minutesAfter(morning, 1), minutesAfter(morning, 2)];
    await of.must(of.read(nurse, id, 1, first));
    await of.must(of.read(nurse, id, 1, second));
    expect(await of.recipients(id)).toEqual([
      { name: doctor.name, code: "Dinkes", readAt: null },
      { name: nurse.name, code: "Dinkes", readAt: first },
    ]);
    expect(await readingOf(id)).toEqual({ sent: 2, read: 1, unreachable: 0 });
  });

  test("is refused to whom it was not sent", async () => {
    const id = await sent();
    const newcomer = await office.hire(["user"], { name: "Baru", office: "Dinkes" });
    for (const by of [newcomer, office.people.requester, author]) {
      expect(await of.read(by, id)).toMatchObject({ refusal: { code: "announcement-not-for-you" } });
    }
    expect(await of.read(nurse, 9_999)).toMatchObject({ refusal: { code: "no-such-announcement" } });
  });

  test("is counted by the office of then, the fewest readers first", async () => {
    const id = await of.sent(author, leader);
    await of.must(of.read(nurse, id));
    await of.must(of.read(doctor, id));
    const names = (await listReadingByOffice(office.db, { id, version: 1, ...page })).map((each) => each.officeName);
    expect(names).toEqual([
      "Dinas Kependudukan dan Pencatatan Sipil",
      "Dinas Komunikasi dan Informatika",
      "Dinas Kesehatan",
    ]);
    const [, , last] = await listReadingByOffice(office.db, { id, version: 1, ...page });
    expect(last).toMatchObject({ sent: 2, read: 2, unreachable: 0 });
    expect(await listReadingByOffice(office.db, { id, version: 1, offset: 2, limit: 1 })).toEqual([last]);
  });
});

describe("a recipient", () => {
  test("who moves to another office stays one, counted for the office of then", async () => {
    const id = await sent();
    const officeId = await of.officeId("Disdukcapil");
    await of.must(
      office.act((tx) =>
        transferPerson(tx, office.people.administrator, office.setting(), { personId: nurse.id, officeId }),
      ),
    );
    await office.takeMail();
    await of.must(of.read(nurse, id));
    expect((await of.recipients(id)).map(({ code }) => code)).toEqual(["Dinkes", "Dinkes"]);
    expect(await readingOf(id)).toEqual({ sent: 2, read: 1, unreachable: 0 });
    await corrected(id);
    expect((await of.recipients(id, 2)).map(({ name, code }) => [name, code])).toEqual([
      [doctor.name, "Dinkes"],
      [nurse.name, "Dinkes"],
    ]);
  });

  test("who moved away before the approval gets nothing", async () => {
    const id = await of.asked(author, {}, [dinkes]);
    const officeId = await of.officeId("Disdukcapil");
    await of.must(
      office.act((tx) =>
        transferPerson(tx, office.people.administrator, office.setting(), { personId: nurse.id, officeId }),
      ),
    );
    await of.must(of.approve(leader, id));
    expect((await of.recipients(id)).map(({ name }) => name)).toEqual([doctor.name]);
  });

  test("who loses the account, blocks the bot or leaves is counted as unreachable, unless they have read it", async () => {
    const third = await office.hire(["user"], { name: "Bidan", office: "Dinkes" });
    const id = await sent();
    const { administrator } = office.people;
    await of.must(of.read(nurse, id));
    await of.must(office.act((tx) => unlinkAccount(tx, administrator, office.setting(), { personId: nurse.id })));
    expect(await readingOf(id)).toEqual({ sent: 3, read: 1, unreachable: 0 });
    await office.act((tx) => recordBlockedChat(tx, office.setting(), chatOf(doctor)));
    expect(await readingOf(id)).toEqual({ sent: 3, read: 1, unreachable: 1 });
    const left = { personId: third.id, answers: {} };
    await of.must(office.act((tx) => deactivatePerson(tx, administrator, office.setting(), left)));
    expect(await readingOf(id)).toEqual({ sent: 3, read: 1, unreachable: 2 });
    await office.takeMail();

    await corrected(id);
    expect(await of.recipients(id, 2)).toEqual([]);
    expect((await office.takeMail()).filter(({ kind }) => kind === "announcement-changed")).toEqual([]);
  });
});

describe("a correction", () => {
  test("is approved like everything else; until then people have what was sent", async () => {
    const id = await sent();
    await of.must(of.change(author, id, "title", "Internet kantor terputus"));
    expect(await of.announcement(id)).toMatchObject({ stage: "written", version: 2, sentVersion: 1 });
    await of.must(of.ask(author, id, 2));
    await of.must(of.reject(leader, id, 2));
    expect(await of.announcement(id)).toMatchObject({ stage: "rejected", version: 2, sentVersion: 1 });
    expect((await office.takeMail()).map(({ kind }) => kind)).not.toContain("announcement-changed");
    expect(await of.recipients(id, 2)).toEqual([]);
    await of.must(of.read(nurse, id));
  });

  test("edits each message that was sent, and says so in a new one", async () => {
    const id = await of.must(of.write(author, {}, [dinkes]));
    await of.must(of.ask(author, id));
    await office.takeMail();
    await of.must(of.approve(leader, id));
    const [toNurse, toDoctor] = await office.deliver();
    await corrected(id);

    const mail = (await office.takeMail()).filter(
      ({ kind }) => !["announcement-decided", "announcement-asked"].includes(kind),
    );
    expect(mail).toEqual([
      { to: nurse.name, edits: toNurse, kind: "announcement", announcementId: id },
      { to: doctor.name, edits: toDoctor, kind: "announcement", announcementId: id },
      { to: nurse.name, kind: "announcement-changed", announcementId: id },
      { to: doctor.name, kind: "announcement-changed", announcementId: id },
      { to: author.name, kind: "announcement-to-forward", announcementId: id },
    ]);
    const { sentAt, correctedAt } = await of.announcement(id);
    expect([sentAt, correctedAt]).toEqual([morning, minutesAfter(morning, 60)]);
    expect((await of.journal(id)).at(-1)).toMatchObject({
      event: "announcement-corrected",
      details: { version: 2, recipients: 2 },
    });
  });

  test("counts its readers anew and keeps the count of before; the old button is refused", async () => {
    const id = await sent();
    await of.must(of.read(nurse, id));
    await corrected(id);
    expect(await readingOf(id, 2)).toEqual({ sent: 2, read: 0, unreachable: 0 });
    expect(await listFormerReading(office.db, id, 2)).toEqual([{ version: 1, sent: 2, read: 1, unreachable: 0 }]);
    expect(await of.read(doctor, id, 1)).toMatchObject({ refusal: { code: "announcement-corrected" } });
    await of.must(of.read(doctor, id, 2));
    expect(await readingOf(id, 2)).toMatchObject({ read: 1 });
  });

  test("does not reach who was linked since", async () => {
    const id = await sent();
    await office.hire(["user"], { name: "Baru", office: "Dinkes" });
    await corrected(id);
    expect((await of.recipients(id, 2)).map(({ name }) => name)).toEqual([doctor.name, nurse.name]);
  });

  test("may be leadership's, who does not approve it then", async () => {
    const id = await sent();
    await of.must(of.change(leader, id, "text", "Sudah pulih."));
    const another = await office.hire(["leadership"], { name: "Wakil" });
    await of.must(of.ask(leader, id, 2));
    expect(await of.approve(leader, id, 2)).toMatchObject({ refusal: { code: "not-your-own-announcement" } });
    await of.must(of.approve(another, id, 2));
    await office.db.deleteFrom("person_role").where("person_id", "=", another.id).execute();
  });

  test("is refused to others, of the audience, and where nothing changes", async () => {
    const id = await sent();
    expect(await of.change(office.people.itSupport, id, "text", "Lain.")).toMatchObject({
      refusal: { code: "not-your-announcement" },
    });
    expect(await of.change(author, id, "audience", undefined)).toMatchObject({
      refusal: { code: "announcement-audience-fixed" },
    });
    expect(await of.change(author, id, "title", "Internet terputus")).toMatchObject({
      refusal: { code: "announcement-unchanged" },
    });
    expect(await of.announcement(id)).toMatchObject({ stage: "sent", version: 1 });
  });

  test("that is thrown away leaves what was sent; the next one begins from that", async () => {
    const id = await sent();
    await of.must(of.change(author, id, "title", "Judul lain"));
    const discard = { announcementId: id, version: 2 };
    await of.must(office.act((tx) => discardAnnouncement(tx, author, office.setting(), discard)));
    expect(await of.announcement(id)).toMatchObject({ stage: "sent", version: 2, sentVersion: 1 });
    expect(await of.change(author, id, "text", "Baru.", 1)).toMatchObject({
      refusal: { code: "announcement-changed" },
    });
    await of.must(of.change(author, id, "text", "Baru.", 2));
    expect(await getVersion(office.db, id, 3)).toMatchObject({ title: "Internet terputus", text: "Baru." });
  });
});

describe("withdrawing", () => {
  test("is done at once, with its reason, by the author or leadership", async () => {
    const id = await sent();
    expect(await of.withdraw(office.people.itSupport, id)).toMatchObject({
      refusal: { code: "not-your-announcement" },
    });
    expect(await of.withdraw(leader, id, "")).toMatchObject({ refusal: { code: "text-empty" } });
    await of.must(of.withdraw(leader, id));

    expect(await of.announcement(id)).toMatchObject({
      ...{ stage: "withdrawn", withdrawnBy: leader.id, withdrawnAt: morning, withdrawnBecause: "Salah jadwal." },
    });
    expect((await office.takeMail()).map(({ to, kind, edits }) => [to, kind, edits !== undefined])).toEqual([
      [nurse.name, "announcement", true],
      [doctor.name, "announcement", true],
      [nurse.name, "announcement-changed", false],
      [doctor.name, "announcement-changed", false],
    ]);
    expect((await of.journal(id)).at(-1)).toMatchObject({ event: "announcement-withdrawn", by: leader.id });
    expect(JSON.stringify(await of.journal(id))).not.toMatch(/Salah jadwal|Internet|Kabel/);
  });

  test("ends everything: no reading, no correction, no approval, no second time", async () => {
    const id = await sent();
    await of.must(of.change(author, id, "text", "Lain."));
    await of.must(of.ask(author, id, 2));
    await of.must(of.withdraw(author, id));
    const withdrawn = { refusal: { code: "announcement-withdrawn" } };
    expect(await of.read(nurse, id)).toMatchObject(withdrawn);
    expect(await of.change(author, id, "text", "Lagi.", 2)).toMatchObject(withdrawn);
    expect(await of.withdraw(author, id)).toMatchObject(withdrawn);
    expect(await of.approve(leader, id, 2)).toMatchObject({ refusal: { code: "announcement-changed" } });
  });

  test("is refused before anything was sent", async () => {
    const id = await of.asked(author);
    expect(await of.withdraw(author, id)).toMatchObject({ refusal: { code: "announcement-changed" } });
  });
});

describe("lists", () => {
  const inForce = async (by: Person, now = morning) =>
    (await listInForce(office.db, { officeId: by.officeId, now, ...page })).map(({ id }) => id);

  test("show what is in force for an office, to newcomers too, until its last day or its end", async () => {
    const id = await of.must(of.write(author, { until: "besok" }, [dinkes]));
    await of.must(of.ask(author, id));
    expect(await inForce(nurse)).not.toContain(id);
    await of.must(of.approve(leader, id));
    const newcomer = await office.hire(["user"], { name: "Baru", office: "Dinkes" });
    expect(await inForce(newcomer)).toContain(id);
    expect(await inForce(office.people.requester)).not.toContain(id);
    expect(await inForce(nurse, new Date("2026-11-23T16:59:00Z"))).toContain(id);
    expect(await inForce(nurse, new Date("2026-11-23T17:00:00Z"))).not.toContain(id);
    await of.must(of.withdraw(author, id));
    expect(await inForce(nurse)).not.toContain(id);
  });

  test("of the desk show all but the drafts of others, with readers", async () => {
    const id = await sent();
    await of.must(of.read(nurse, id));
    const draft = await of.must(of.write(author));
    const seenBy = async ({ id: personId }: Person) =>
      (await listForDesk(office.db, personId, page)).map((each) => each.id);
    expect((await seenBy(author)).slice(0, 2)).toEqual([draft, id]);
    expect(await seenBy(leader)).not.toContain(draft);
    const listed = (await listForDesk(office.db, leader.id, page)).find((each) => each.id === id);
    expect(listed).toMatchObject({ stage: "sent", sent: 2, read: 1, title: "Internet terputus" });
  });
});

test("the audience counts the people of the register, not those who were only noted", async () => {
  await office.hire(["user"], { name: "Tanpa akun", office: "Dinkes", isLinked: false });
  const noted = await office.hire([], { name: "Pernah dicatat", office: "Dinkes", isLinked: false });
  await office.db.updateTable("person").set({ is_provisional: true }).where("id", "=", noted.id).execute();
  await office.act((tx) => recordBlockedChat(tx, office.setting(), chatOf(doctor)));
  expect(await countAudience(office.db, [dinkes])).toEqual({ offices: 1, reachable: 1, withoutAccount: 2 });
  expect((await countAudience(office.db, null)).offices).toBe(3);
  expect(await listWithoutAccount(office.db, [dinkes], 5)).toEqual([{ officeCode: "Dinkes", people: 2 }]);
});
