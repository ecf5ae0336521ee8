import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sendReports } from "../../../core/actions/send-reports.ts";
import { findMorningReport } from "../../../core/db/reports.ts";
import { reportDayOf } from "../../../core/domain/calendar/report-days.ts";
import { calendar, wib } from "../../support/calendar.ts";
import { openOffice, type TestOffice } from "../../support/office.ts";

let office: TestOffice;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const send = (at: string) => office.act((tx) => sendReports(tx, office.setting(wib(at))));
const note = { note: "Sudah." };

async function digests(): Promise<[string, unknown][]> {
  const mail = await office.takeMail();
  return mail.filter(({ kind }) => kind === "morning-digest").map(({ to, day }) => [to, day]);
}

async function fileAt(at: string, procedure: "application-trouble" | "weakness" = "application-trouble") {
  const answers = procedure === "weakness" ? {} : { "occurred-at": "08.00" };
  const id = await office.file({ procedure, answers, now: wib(at) });
  await office.takeMail();
  return id;
}

describe("the morning's report", () => {
  it("goes to leadership and the help desk, once to each, at the opening", async () => {
    const { leadership, helpDesk, helpDesk2 } = office.people;
    await office.hire(["leadership", "help-desk"], { name: "Rangkap Jabatan" });
    await fileAt("2026-11-24 09.00");

    await send("2026-11-25 07.25");
    expect(await digests()).toEqual([]);
    await send("2026-11-25 07.30");

    const names = [leadership.name, helpDesk.name, helpDesk2.name, "Rangkap Jabatan"];
    const told = await digests();
    expect(told.map(([to]) => to).sort()).toEqual(names.sort());
    expect(new Set(told.map(([, day]) => day))).toEqual(new Set(["2026-11-25"]));
  });

  it("is sent once a day, also when two run it at once, and after a restart", async () => {
    await fileAt("2026-11-24 09.00");
    const setting = office.setting(wib("2026-11-25 07.30"));
    await office.atOnce(
      (tx) => sendReports(tx, setting),
      (tx) => sendReports(tx, setting),
    );
    await send("2026-11-25 08.00");
    expect(await digests()).toHaveLength(3);

    await send("2026-11-26 07.30");
    expect(await digests()).toHaveLength(3);
  });

  it.each(["2026-11-28 09.00", "2026-11-29 09.00", "2026-12-25 09.00"])("is not sent on a day off: %s", async (at) => {
    await fileAt("2026-11-24 09.00");
    await send(at);
    expect(await digests()).toEqual([]);
  });

  it("with nothing to say is no message", async () => {
    await send("2026-11-25 07.30");
    expect(await office.takeMail()).toEqual([]);
  });

  it("is sent where all is closed, and that was yesterday", async () => {
    const id = await fileAt("2026-11-24 09.00");
    await office.step(id, "cancel", office.people.requester, note, wib("2026-11-24 10.00"));
    await office.takeMail();
    await send("2026-11-25 07.30");
    expect(await digests()).toEqual([]);

    const weakness = await fileAt("2026-11-25 09.00", "weakness");
    const { leadership } = office.people;
    await office.step(weakness, "acknowledge", leadership, {}, wib("2026-11-25 10.00"));
    await office.step(weakness, "close", leadership, note, wib("2026-11-25 11.00"));
    await office.takeMail();
    await send("2026-11-26 07.30");
    expect(await digests()).toHaveLength(3);
    await send("2026-11-27 07.30");
    expect(await digests()).toEqual([]);
  });

  it("knows what is urgent, overdue, due to go on, untaken and closed", async () => {
    const now = wib("2026-11-25 07.30");
    const today = reportDayOf(now, calendar);
    if (today === undefined) throw new Error("a working day");
    const [first, urgent, overdue, waits, goesOn, later] = [
      await fileAt("2026-11-20 09.00"),
      await fileAt("2026-11-23 09.00"),
      await fileAt("2026-11-23 10.00"),
      await fileAt("2026-11-23 11.00"),
      await fileAt("2026-11-23 12.00"),
      await fileAt("2026-11-23 13.00"),
    ];
    const set = (id: number, changes: object) =>
      office.db.updateTable("ticket").set(changes).where("id", "=", id).execute();
    await set(urgent, { is_urgent: true, assignee_id: office.people.helpDesk.id });
    await set(overdue, { due_at: wib("2026-11-24 23.59") });
    await set(waits, { pending_on: "vendor", pending_until: wib("2026-11-25 09.00") });
    await set(later, { pending_on: "vendor", pending_until: wib("2026-11-26 00.00"), due_at: wib("2026-11-25 09.00") });
    const resumed = { ticket_id: goesOn, kind: "resumed", person_id: null, at: wib("2026-11-25 07.30") } as const;
    await office.db.insertInto("entry").values(resumed).execute();

    expect(await findMorningReport(office.db, today, now)).toMatchObject({
      teams: [{ holder: "help-desk", open: 6, untaken: 5, pending: 2, urgent: 1, oldestId: first }],
      urgent: [urgent],
      overdue: [overdue],
      dueToGoOn: [waits, goesOn],
      oldestUntaken: { id: first, holder: "help-desk" },
      closed: 0,
    });
  });
});

describe("the month's weaknesses", () => {
  const monthly = async () =>
    (await office.takeMail()).filter(({ kind }) => kind === "weaknesses").map(({ to, month }) => [to, month]);

  it("go to leadership on the first working day of the next month, once", async () => {
    await fileAt("2026-10-30 09.00", "weakness");

    // The first of November 2026 is a Sunday.
    await send("2026-11-01 09.00");
    expect(await monthly()).toEqual([]);
    await send("2026-11-02 07.30");
    expect(await monthly()).toEqual([[office.people.leadership.name, "2026-10"]]);
    await send("2026-11-02 07.35");
    await send("2026-11-03 07.30");
    expect(await monthly()).toEqual([]);
  });

  it("come late where Simpul stood still on that day", async () => {
    await fileAt("2026-10-30 09.00", "weakness");
    await send("2026-11-04 10.00");
    expect(await monthly()).toHaveLength(1);
  });

  it("of a month without any are no message", async () => {
    await fileAt("2026-10-30 09.00");
    await send("2026-11-02 07.30");
    expect(await monthly()).toEqual([]);
  });
});
