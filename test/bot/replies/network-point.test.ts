import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderStepTold } from "../../../bot/replies/notices.ts";
import type { CardContext } from "../../../bot/replies/ticket/card.ts";
import { renderCard } from "../../../bot/replies/ticket/card.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { usualAnswers } from "../../core/domain/procedures/network-point.paths.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../support/office.ts";
import { testWords as words } from "../../support/office-words.ts";
import { testRules as rules } from "../../support/rules.ts";

const context: CardContext = { office: words, now: minutesAfter(morning, 60), rules, ...rules };

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

type Steps = Parameters<TestOffice["walk"]>[1];
const usual = (name: string) => usualAnswers[name] ?? {};

const toSurveying: Steps = [["issue-work-order", "help-desk"]];
const surveyed: Steps = [["record-survey", "it-support", usual("record-survey")]];
const recommended: Steps = [["recommend-point", "it-support", { note: "Tarik kabel dari lantai dua." }]];
const toRecommendation: Steps = [...toSurveying, ...surveyed, ...recommended];
const rejected: Steps = [
  ["reject-recommendation", "infrastructure", { note: "Port penuh." }],
  ["tell-rejection", "it-support", { note: "Port penuh." }],
];

async function filed(steps: Steps): Promise<number> {
  const id = await office.file({ procedure: "network-point" });
  await office.walk(id, steps);
  return id;
}

const cardOf = async (id: number, viewer: Person) =>
  textOf(await renderCard(office.db, viewer, { ticketId: id }, context));

describe("the card of a network point", () => {
  it("shows infrastructure the survey beside the recommendation that it decides on", async () => {
    const card = await cardOf(await filed(toRecommendation), office.people.infrastructure);

    expect(card).toContain("Letak titik: Dinding timur");
    expect(card).toContain("Jumlah titik hasil survei: 3");
    expect(card).toContain("Kebutuhan perangkat: Switch 8 port, kabel 40 m");
    expect(card).toContain("Catatan: Tarik kabel dari lantai dua.");
  });

  it("shows the requester nothing of it", async () => {
    expect(await cardOf(await filed(toRecommendation), office.people.requester)).not.toMatch(
      /Dinding timur|Tarik kabel/,
    );
  });

  it("shows the appointment to who goes there, and not that of the survey before", async () => {
    const visit = { appointment: "24-11-2026 10.00", "contact-on-site": "Bu Rina, 0812-3456-7890" };
    const id = await filed([...toSurveying, ["schedule-survey", "it-support", visit]]);
    expect(await cardOf(id, office.people.itSupport)).toMatch(/Waktu kunjungan: .*24 Nov/);

    await office.walk(id, [...surveyed, ...recommended, ["ask-new-survey", "infrastructure", { note: "Ulangi." }]]);
    expect(await cardOf(id, office.people.itSupport)).not.toContain("Waktu kunjungan");
  });

  it("holds all of the longest words in one message", async () => {
    const long = "<&> ".repeat(950).slice(0, 3790);
    const id = await filed([
      ...toSurveying,
      ["record-survey", "it-support", { ...usual("record-survey"), "devices-needed": long.slice(0, 1000), note: long }],
      ["recommend-point", "it-support", { note: long }],
    ]);
    expect((await cardOf(id, office.people.infrastructure)).length).toBeLessThanOrEqual(4096);
  });
});

describe("a network point that is not approved", () => {
  it("ends with these words, on the card and in the closing message", async () => {
    const id = await filed([...toRecommendation, ...rejected]);
    await office.stepAs(id, "close", "help-desk", { note: "Diberitahukan." });

    const { requester } = office.people;
    const told = (await office.takeMail()).find(({ to, kind }) => to === requester.name && kind === "step-told");
    const closing = await renderStepTold(
      office.db,
      requester,
      { ticketId: id, entryId: Number(told?.entryId) },
      context,
    );
    expect(textOf(closing)).toContain("Keadaan: Selesai, tidak disetujui");
    expect(await cardOf(id, requester)).toContain("Keadaan: Selesai, tidak disetujui");
  });

  it("says so no more when it was opened again", async () => {
    const id = await filed([...toRecommendation, ...rejected, ["close", "help-desk", { note: "Diberitahukan." }]]);
    await office.walk(id, [
      ["reopen", "user", { note: "Port sudah ditambah." }],
      ...toRecommendation,
      ["approve-recommendation", "infrastructure", { note: "Cukup." }],
      ["record-installation", "it-support", usual("record-installation")],
      ["point-is-connected", "it-support"],
      ["ask-requester", "it-support", { note: "Terpasang." }],
      ["confirm-resolved", "user"],
      ["close", "help-desk", { note: "Terpasang." }],
    ]);
    expect(await cardOf(id, office.people.requester)).toMatch(/Keadaan: Selesai\n/);
  });
});

function textOf(rendered: { as: string } | undefined): string {
  return rendered !== undefined && "html" in rendered
    ? String(rendered.html)
        .replaceAll(/<\/?[a-z][^>]*>/g, "")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&amp;", "&")
    : "";
}
