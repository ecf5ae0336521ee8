import { afterAll, beforeAll, expect, it } from "vitest";
import { renderMorningDigest, renderWeaknesses } from "../../../bot/replies/reports.ts";
import { beginShift } from "../../../core/actions/shift/shifts.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { calendar, wib } from "../../support/calendar.ts";
import { openOffice, type TestOffice } from "../../support/office.ts";
import { testWords as words } from "../../support/office-words.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const digest = (viewer: Person, at: string, day = at.slice(0, 10)) =>
  renderMorningDigest(office.db, viewer, { day }, { office: words, now: wib(at), calendar });

const textOf = (rendered: Awaited<ReturnType<typeof digest>>) => (rendered?.as === "text" ? rendered.html : undefined);

it("the morning's report says who is on duty, what is open where, and what presses", async () => {
  const { leadership, helpDesk } = office.people;
  expect(await digest(leadership, "2026-11-23 07.30")).toBeUndefined();
  const first = await office.file({ now: wib("2026-11-19 07.00"), answers: { "occurred-at": "06.30" } });
  const weakness = await office.file({ procedure: "weakness", now: wib("2026-11-20 09.00") });
  const closed = await office.file({ procedure: "weakness", now: wib("2026-11-20 09.00") });
  await office.step(closed, "acknowledge", leadership, {}, wib("2026-11-20 10.00"));
  await office.step(closed, "close", leadership, { note: "Dikunci." }, wib("2026-11-20 11.00"));
  const set = (id: number, changes: object) =>
    office.db.updateTable("ticket").set(changes).where("id", "=", id).execute();
  await set(weakness, { is_urgent: true, due_at: wib("2026-11-22 23.59"), assignee_id: leadership.id });
  await office.act((tx) => beginShift(tx, helpDesk, office.setting()));

  const rendered = await digest(leadership, "2026-11-23 07.30");
  expect(textOf(rendered)?.split("\n")).toEqual([
    "<b>🌅 Ringkasan pagi, Senin 23 Nov</b>",
    `🧭 Petugas piket: <b>${helpDesk.name}</b>`,
    "Tiket terbuka: <b>2</b> ([help-desk] 1, [leadership] 1)",
    "🔥 Mendesak: T-0002",
    "⌛ Lewat batas waktu: T-0002",
    `🙋 Belum diambil, tertua: T-000${first}, 4 hari ([help-desk])`,
    "✅ Selesai sejak Jumat 20 Nov: 1",
  ]);
  expect(rendered?.as === "text" && rendered.buttons?.flat().map(({ label }) => label)).toEqual([
    "📊 Ringkasan",
    "📋 Semua tiket terbuka (2)",
  ]);
});

it("it is for heads and the help desk, and for its own day", async () => {
  expect(await digest(office.people.itSupport, "2026-11-23 08.00")).toBeUndefined();
  expect(await digest(office.people.helpDesk, "2026-11-24 08.00", "2026-11-23")).toBeUndefined();
  expect(await digest(office.people.helpDesk, "2026-11-23 08.00")).toBeDefined();
});

it("the list of a month shows number, day, state and result, and nothing of the words", async () => {
  const context = { office: words, now: wib("2026-12-01 08.00") };
  const shown = await renderWeaknesses(office.db, office.people.leadership, { month: "2026-11", page: 0 }, context);
  expect(textOf(shown)?.split("\n").filter(Boolean)).toEqual([
    "<b>⚠️ Kelemahan, November 2026</b>",
    "<b>T-0002</b> 20 Nov 09.00, Dilaporkan, menunggu pimpinan",
    "<b>T-0003</b> 20 Nov 09.00, Selesai",
    "Dikunci.",
  ]);
  expect(shown?.as === "text" && shown.buttons?.flat().map(({ label }) => label)).toEqual([
    "T-0002",
    "T-0003",
    "⏪ Oktober 2026",
    "Desember 2026 ⏩",
  ]);
  const { itSupport } = office.people;
  expect(await renderWeaknesses(office.db, itSupport, { month: "2026-11", page: 0 }, context)).toBeUndefined();
});
