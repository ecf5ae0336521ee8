import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeMessage } from "../../../../core/actions/ticket/write-message.ts";
import { findOfficeByCode, saveOffices } from "../../../../core/db/people/offices.ts";
import { addRole, getPerson, updatePerson } from "../../../../core/db/people/people.ts";
import { searchTickets } from "../../../../core/db/ticket/ticket-search.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { parseSearch } from "../../../../core/domain/ticket/search.ts";
import { morning, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let helpDesk: Person;
let itSupport: Person;
let requester: Person;
beforeAll(async () => {
  office = await openOffice();
  ({ helpDesk, itSupport, requester } = office.people);
});
afterAll(() => office.close());

/** What that person finds, in the order of the list. */
async function find(by: Person, text: string, titled: string[] = []): Promise<number[]> {
  const sought = parseSearch(text);
  if (!sought.ok) throw new Error(sought.refusal.code);
  const found = await searchTickets(office.db, by, sought.value, titled, { offset: 0, limit: 100 });
  return found.map(({ id }) => id);
}

const file = (description: string, application = "SIMPEG", by = requester) =>
  office.file({ by, answers: { application, description } });

const write = (ticketId: number, by: Person, kind: "comment" | "reply" | "internal-note", text: string) =>
  office.act((tx) => writeMessage(tx, by, office.setting(), { ticketId, kind, text }));

describe("a ticket is found by", () => {
  it.each([
    ["its subject", "Presensi Daring"],
    ["the beginning of a word", "pres dar"],
    ["a word of its description", "kehadiran"],
    ["half a word of it, where the stem is another", "kehadira"],
    ["a word of the same stem", "menghadirkan"],
    ["words of several places at once", "presensi nurhayati disdukcapil"],
    ["the name of the office", "Kependudukan Pencatatan"],
    ["the requester's name", "siregar"],
    ["other letters, big and small", "PRESENSI"],
    ["words with signs in between", "e-presensi/daring"],
    ["an address", "10.20.30.40"],
  ])("%s: %s", async (_, text) => {
    const id = await file("Data kehadiran hilang di e-presensi, server 10.20.30.40", "Presensi Daring");
    expect(await find(helpDesk, text)).toContain(id);
  });

  it("its number, alone or as that of a work order, and by bare digits", async () => {
    const id = await file("Apa saja");
    const other = await file(`Ruang ${id}9`);
    expect(await find(helpDesk, `T-${id}`)).toEqual([id]);
    expect(await find(helpDesk, `WO-${String(id).padStart(4, "0")}-1`)).toEqual([id]);
    expect(await find(helpDesk, String(id))).toEqual([other, id]);
  });

  it("the title of its procedure", async () => {
    const id = await office.file({ procedure: "weakness", answers: { description: "Apa pun" } });
    expect(await find(helpDesk, "kelemahan", ["weakness"])).toContain(id);
    expect(await find(helpDesk, "kelemahan")).not.toContain(id);
  });

  it("all of the words, not by some of them", async () => {
    await file("Layar biru zulkarnain");
    expect(await find(helpDesk, "zulkarnain hijau")).toEqual([]);
  });
});

describe("what is written later is found", () => {
  it("comments, replies, steps, resolutions, and the new name of a person or an office", async () => {
    const id = await file("Kata pertama");
    await write(id, requester, "comment", "Komentarsusulan");
    await write(id, helpDesk, "reply", "Balasanpetugas");
    await office.walk(id, [
      ["issue-work-order", "help-desk", { "suspected-place": "unknown" }],
      ["application-is-normal", "it-support"],
      ["computer-is-normal", "it-support"],
      ["ask-requester", "it-support", { note: "Kesimpulansementara" }],
      ["confirm-resolved", "user"],
      ["close", "help-desk", { note: "Hasilterakhir" }],
    ]);
    await office.act((tx) => updatePerson(tx, requester.id, { name: "Nurhayati Pangaribuan" }));
    await saveOffices(office.db, [{ code: "Disdukcapil", name: "Dinas Catatan Penduduk" }]);

    for (const text of ["komentarsusulan", "balasanpetugas", "kesimpulansementara", "hasilterakhir"]) {
      expect(await find(helpDesk, text)).toEqual([id]);
      expect(await find(requester, text)).toEqual([id]);
    }
    expect(await find(helpDesk, "pangaribuan")).toContain(id);
    expect(await find(helpDesk, "catatan penduduk")).toContain(id);
    expect(await find(helpDesk, "siregar")).not.toContain(id);
    await office.act((tx) => updatePerson(tx, requester.id, { name: requester.name }));
  });

  it("of a very long history the newest words, and the history itself is not refused", async () => {
    const id = await file("Panjang sekali");
    const words = (from: number) => Array.from({ length: 300 }, (_, index) => `kata${from + index}x`).join(" ");
    for (let round = 0; round < 20; round += 1) await write(id, requester, "comment", words(round * 300));
    await write(id, requester, "comment", "penutupsekali");
    expect(await find(helpDesk, "penutupsekali")).toEqual([id]);
    expect(await find(helpDesk, "panjang sekali kata5999x")).toEqual([id]);
    expect(await find(helpDesk, "panjang sekali kata1x")).toEqual([]);
  });
});

describe("who looks finds what they may read", () => {
  it("internal notes only the desk, and of their own ticket not they either", async () => {
    const [id, own] = [await file("Rahasia satu"), await file("Rahasia dua", "SIMPEG", itSupport)];
    for (const ticketId of [id, own]) await write(ticketId, helpDesk, "internal-note", "Pemohonsulit");

    expect(await find(helpDesk, "pemohonsulit")).toEqual([own, id]);
    expect(await find(requester, "pemohonsulit")).toEqual([]);
    expect(await find(itSupport, "pemohonsulit")).toEqual([id]);
    expect(await find(itSupport, "rahasia dua")).toEqual([own]);
  });

  it("notes of steps of which the requester is not told only the desk", async () => {
    const id = await file("Langkah");
    const note = "Curigapelanggaran";
    await office.step(id, "issue-work-order", helpDesk, { "suspected-place": "unknown", note });
    expect(await find(helpDesk, note)).toEqual([id]);
    expect(await find(requester, note)).toEqual([]);
  });

  it("the reporter's phone number only the desk", async () => {
    const id = await file("Telepon");
    const answers = { ...(await office.ticket(id)).answers, contact: "081234567" };
    await office.db
      .updateTable("ticket")
      .set({ answers: JSON.stringify(answers) })
      .where("id", "=", id)
      .execute();
    expect(await find(helpDesk, "081234567")).toEqual([id]);
    expect(await find(requester, "081234567")).toEqual([]);
  });

  it("a requester finds their own tickets, an officer those of the office, neither those of others", async () => {
    const neighbour = office.people.neighbour;
    const officer = await office.hire(["user", "system-officer"], { office: "Disdukcapil" });
    const elsewhere = await office.hire(["user", "system-officer"], { office: "Dinkes" });
    const mine = await file("Pencarianumum");
    const theirs = await file("Pencarianumum", "SIMPEG", neighbour);

    expect(await find(requester, "pencarianumum")).toEqual([mine]);
    expect(await find(neighbour, "pencarianumum")).toEqual([theirs]);
    expect(await find(neighbour, `T-${mine}`)).toEqual([]);
    expect(await find(neighbour, String(mine), ["application-trouble"])).not.toContain(mine);
    expect(await find(officer, "pencarianumum")).toEqual([theirs, mine]);
    expect(await find(elsewhere, "pencarianumum")).toEqual([]);
  });

  it("who has moved to another office leaves their tickets behind", async () => {
    const mover = await office.hire(["user"], { office: "Disdukcapil" });
    const id = await file("Pindahkantor", "SIMPEG", mover);
    expect(await find(mover, "pindahkantor")).toEqual([id]);
    const moved = await office.act(async (tx) => {
      await updatePerson(tx, mover.id, { office_id: (await findOfficeByCode(tx, "Dinkes")).id });
      return getPerson(tx, mover.id);
    });
    expect(await find(moved, "pindahkantor")).toEqual([]);
  });

  it("an administrator finds only what they filed", async () => {
    await file("Administrasi");
    const administrator = await office.hire(["administrator"]);
    await office.act((tx) => addRole(tx, { personId: administrator.id, role: "user", grantedBy: null, now: morning }));
    expect(await find(administrator, "administrasi")).toEqual([]);
  });
});

it("open tickets stand first, then the newest", async () => {
  const ids = [await file("Urutan"), await file("Urutan"), await file("Urutan"), await file("Urutan")] as const;
  await office.step(ids[3], "cancel", requester, { note: "x" });
  await office.step(ids[1], "cancel", requester, { note: "x" });
  expect(await find(helpDesk, "urutan")).toEqual([ids[2], ids[0], ids[3], ids[1]]);
});

it("what people type is never taken as a query", async () => {
  for (const text of ["aa & bb | !cc:*", "'; drop table ticket; --", "\\ 'xx' (y", "<-> foo:D", "katakata:*"]) {
    expect(await find(helpDesk, text)).toEqual([]);
  }
});
