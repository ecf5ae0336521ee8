import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Message } from "../../../telegram-server/server.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";
import { ticketOf } from "./complaints.ts";
import { askException, number } from "./exceptions.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk({ rules: { approvers: () => ["leadership", "committee"] } });
  await desk.link(
    "user",
    "helpDesk",
    "itSupport",
    "leadership",
    "committee",
    "deputy",
    "administrator",
    "administrator2",
  );
  await desk.settled();
});
afterAll(() => desk.close());

const patient = { timeout: 60_000 };

/** That message as it stands now. */
const again = (who: CastName, { message_id }: Message) =>
  desk.fromBot(who).find((message) => message.message_id === message_id) as Message;

const asked = (who: CastName) => desk.sees(who, "🖊 Persetujuan diminta");

async function dataOf(message: Message, label: string): Promise<string> {
  return desk.buttonsOf(message).find(({ text }) => text === label)?.callback_data ?? "";
}

describe("a request for approval", () => {
  test(
    "says all that is needed to decide, with two buttons; the card and the menu say who is waited for",
    patient,
    async () => {
      const id = await askException(desk);
      const message = await asked("leadership");
      const shown = desk.wordsOf(message);

      for (const part of [
        `${number(id)} · Batas lampiran <e-mail>`,
        "Pengecualian dari ketentuan",
        "Pemohon: Siti Aminah (Dinas Kesehatan)",
        "Alasan: Mengirim gambar perencanaan & peta",
        "Tugas kedinasan: Ya, hanya untuk tugas kedinasan",
        "⏳ Menunggu persetujuan [leadership] (1 dari 2): Hasan Marpaung",
      ]) {
        expect(shown).toContain(part);
      }
      expect(shown).toMatch(/Berlaku sampai: \d+ \w+ 20\d\d\n/);
      expect(shown).toMatch(/Paling lambat: \d+ \w+ 20\d\d \d\d\.\d\d WIB/);
      expect(desk.labels(message)).toEqual(["✅ Setujui", "🚫 Tolak dengan alasan", "🎫 Buka tiket"]);
      await desk.tell("user", number(id));
      expect(desk.newestWords("user")).toContain("Keadaan: Menunggu persetujuan");
      expect(desk.newestWords("user")).toContain("⏳ Menunggu persetujuan [leadership] (1 dari 2): Hasan Marpaung");
      await desk.tell("leadership", "/menu");
      expect(desk.labels(desk.newest("leadership"))).toContain("🖊 Menunggu persetujuan (1)");
      await desk.press("leadership", "🖊 Menunggu persetujuan");
      expect(desk.newestWords("leadership")).toContain(number(id));
      await desk.press("user", "Batalkan tiket");
      await desk.tell("user", "Tidak perlu lagi");
      expect(desk.wordsOf(again("leadership", message))).toContain("Persetujuan ini tidak diminta lagi.");
      expect(desk.labels(again("leadership", message))).toEqual(["🎫 Buka tiket"]);
    },
  );

  test(
    "is no place for words of an approver who is not of the desk: they are asked what these are",
    patient,
    async () => {
      const id = await askException(desk);
      await desk.pressOn("leadership", await asked("leadership"), "✅ Setujui");
      await desk.press("leadership", "Lewati");
      const message = await asked("committee");
      await desk.tell("committee", "Apa dasar suratnya?", message.message_id);

      expect(desk.newestWords("committee")).toBe("Apa dasar suratnya?\nPesan ini untuk apa?");
      const labels = desk.labels(desk.newest("committee")).join();
      expect(labels).not.toMatch(/Catatan internal|Kirim ke pemohon/);
      await desk.press("committee", "Bukan apa-apa");
      await desk.pressOn("user", desk.card("user", id), "Batalkan tiket");
      await desk.tell("user", "Tidak perlu lagi");
    },
  );

  test("goes on to the next one, and then says who decided what and when, without buttons", patient, async () => {
    const id = await askException(desk);
    const first = await asked("leadership");
    await desk.pressOn("leadership", first, "✅ Setujui");
    expect(desk.newestWords("leadership")).toContain("Keputusan tidak dapat ditarik kembali.");
    await desk.press("leadership", "Lewati");

    const second = await asked("committee");
    expect(desk.wordsOf(again("leadership", first))).toMatch(
      /✅ Disetujui \[leadership\] Hasan Marpaung, \d+ \w+ 20\d\d/,
    );
    expect(desk.wordsOf(again("leadership", first))).toContain(
      "⏳ Menunggu persetujuan [committee] (2 dari 2): Yusuf Ritonga",
    );
    expect(desk.labels(again("leadership", first))).toEqual(["🎫 Buka tiket"]);
    expect(desk.labels(second)).toEqual(["✅ Setujui", "🚫 Tolak dengan alasan", "🎫 Buka tiket"]);
    await desk.pressOn("committee", second, "✅ Setujui");
    await desk.tell("committee", "Hanya untuk satu bulan");

    expect(await ticketOf(desk, id)).toMatchObject({ state: "in-force", holder: "leadership" });
    await desk.tell("leadership", number(id));
    expect(desk.labels(desk.card("leadership", id)).join()).not.toMatch(/Saya kerjakan|Ambil alih/);
    for (const [who, message] of [
      ["leadership", first],
      ["committee", second],
    ] as const) {
      expect(desk.wordsOf(again(who, message))).toMatch(/✅ Disetujui \[committee\] Yusuf Ritonga, \d+ \w+ 20\d\d/);
      expect(desk.labels(again(who, message))).not.toContain("✅ Setujui");
    }
    expect(desk.newestWords("user")).toContain("Pengecualian Anda disetujui dan mulai berlaku.");
    expect(desk.newestWords("user")).toContain("Hanya untuk satu bulan");
    await desk.tell("helpDesk", "/menu");
    await desk.press("helpDesk", "📋 Pengecualian");
    expect(desk.newestWords("helpDesk")).toMatch(/Batas lampiran <e-mail> \(Dinkes\)\nBerlaku sampai: \d+ \w+ 20\d\d/);
  });

  test(
    "is ended by a rejection, whose reason the requester reads; who presses later is told who did it",
    patient,
    async () => {
      const id = await askException(desk);
      const message = await asked("leadership");
      const approve = await dataOf(message, "✅ Setujui");
      await desk.pressOn("leadership", message, "🚫 Tolak dengan alasan");
      await desk.tell("leadership", "Pakai berbagi berkas <intranet>");

      expect(await ticketOf(desk, id)).toMatchObject({ state: "closed" });
      expect(desk.newestWords("user")).toContain("Permintaan pengecualian Anda ditolak. Alasannya:");
      expect(desk.newestWords("user")).toContain("Pakai berbagi berkas <intranet>");
      expect(await desk.pressData("leadership", message.message_id, approve)).toMatch(
        /Sudah didahului: \[leadership\] Hasan Marpaung menolak pada .* Keadaan sekarang: Selesai, ditolak\./,
      );
      await desk.tell("leadership", number(id));
      await desk.press("leadership", "Riwayat");
      expect(desk.newestWords("leadership")).toContain("Hasan Marpaung menolak pengecualian");
      expect(desk.labels(desk.newest("leadership")).join()).not.toContain("Tarik kembali");
    },
  );

  test("is refused to who was given somebody else's button, and to a former account", patient, async () => {
    const id = await askException(desk);
    const message = await asked("leadership");
    const approve = await dataOf(message, "✅ Setujui");
    const answer = await desk.pressData("itSupport", message.message_id, approve);
    expect(answer).toContain("Tombol ini sudah tidak berlaku.");
    await sql`update telegram_account set unlinked_at = now() where telegram_user_id = ${desk.idOf("leadership")}`.execute(
      desk.db,
    );

    expect(await desk.pressData("leadership", message.message_id, approve)).toContain(
      "Tombol ini sudah tidak berlaku.",
    );

    expect(await ticketOf(desk, id)).toMatchObject({ state: "awaiting-approval", version: 1 });
    await sql`update telegram_account set unlinked_at = null where telegram_user_id = ${desk.idOf("leadership")}`.execute(
      desk.db,
    );
    await desk.pressOn("leadership", message, "🚫 Tolak dengan alasan");
    await desk.tell("leadership", "Belum perlu");
  });

  test(
    "of an approver themself is not theirs to decide: it is not in their list, and administrators hear why",
    patient,
    async () => {
      const id = await askException(desk, "leadership");
      expect(desk.newestWords("administrator")).toContain("Yang memegang peran itu adalah pemohonnya sendiri");
      await desk.tell("leadership", "/menu");
      expect(desk.labels(desk.newest("leadership")).join()).toContain("🖊 Menunggu persetujuan (0)");
      await desk.tell("leadership", number(id));
      await desk.pressOn("leadership", desk.card("leadership", id), "Batalkan tiket");
      await desk.tell("leadership", "Tidak jadi");
    },
  );

  test("says where nobody can approve, and names the administrators", patient, async () => {
    await sql`delete from person_role where role = 'leadership'`.execute(desk.db);
    const id = await askException(desk);
    expect(desk.allWords("user")).toContain(
      "⚠️ Saat ini tidak ada yang dapat memutuskannya sebagai [leadership]. Hubungi administrator: Irwan Pasaribu, Melati Nainggolan.",
    );
    expect(desk.newestWords("administrator")).toContain("tidak ada yang dapat memutuskannya sebagai [leadership]");
    expect(desk.newestWords("administrator")).not.toContain(number(id));
    await sql`insert into person_role (person_id, role, granted_at)
      select id, 'leadership', now() from person where name = 'Hasan Marpaung'`.execute(desk.db);
    await desk.tell("leadership", "/menu");
    await desk.press("leadership", "🖊 Menunggu persetujuan");
    await desk.press("leadership", number(id));
    await desk.press("leadership", "🚫 Tolak dengan alasan");
    await desk.tell("leadership", "Belum perlu");
    expect(await ticketOf(desk, id)).toMatchObject({ state: "closed" });
  });
});

describe("the freeze", () => {
  test("is set with a reason, stands in the menu and on the request, and refuses an approval", patient, async () => {
    const id = await askException(desk);
    const message = await asked("leadership");
    await desk.tell("leadership", "/menu");
    await desk.press("leadership", "🧊 Bekukan persetujuan");
    await desk.tell("leadership", "Serangan <siber>");
    await desk.press("leadership", "Kirim");

    expect(desk.allWords("itSupport")).toContain("🧊 Persetujuan dibekukan.");
    expect(desk.allWords("itSupport")).toContain("Serangan <siber>");
    await desk.tell("itSupport", "/menu");
    expect(desk.newestWords("itSupport")).toMatch(/🧊 Persetujuan dibekukan oleh Hasan Marpaung, .*: Serangan <siber>/);
    expect(desk.labels(desk.newest("itSupport")).join()).not.toMatch(/Bekukan|Cabut/);
    const frozen = again("leadership", message);
    expect(desk.wordsOf(frozen)).toContain("🧊 Persetujuan sedang dibekukan; batas waktunya ikut berhenti.");
    expect(desk.labels(frozen)).toEqual(["🚫 Tolak dengan alasan", "🎫 Buka tiket"]);
    expect(await desk.pressOn("leadership", message, "✅ Setujui")).toContain(
      "Persetujuan sedang dibekukan oleh Hasan Marpaung.",
    );

    await desk.tell("leadership", "/menu");
    await desk.press("leadership", "☀️ Cabut pembekuan");
    await desk.tell("leadership", "Sudah aman");
    await desk.press("leadership", "Kirim");
    expect(desk.labels(again("leadership", message))).toContain("✅ Setujui");
    await desk.pressOn("leadership", again("leadership", message), "🚫 Tolak dengan alasan");
    await desk.tell("leadership", "Belum perlu");
    expect(await ticketOf(desk, id)).toMatchObject({ state: "closed" });
  });

  test("whose state cannot be read approves nothing, and says so with a reference", patient, async () => {
    const id = await askException(desk);
    const message = await asked("leadership");
    await sql`revoke select on update_freeze from simpul_app`.execute(desk.owner);
    const answer = await desk.pressOn("leadership", message, "✅ Setujui");
    await sql`grant select on update_freeze to simpul_app`.execute(desk.owner);
    expect(answer).toMatch(
      /^Status pembekuan tidak dapat dibaca, tidak ada yang disetujui\. .*rujukan P-[0-9a-f]{8}\.$/,
    );
    expect(await ticketOf(desk, id)).toMatchObject({ state: "awaiting-approval", version: 1 });
    await desk.pressOn("leadership", message, "🚫 Tolak dengan alasan");
    await desk.tell("leadership", "Belum perlu");
  });
});

describe("Plh. and Plt.", () => {
  test("are named by leadership in the chat, decide, and their title stands on the decision", patient, async () => {
    await desk.tell("leadership", "/menu");
    await desk.press("leadership", "🪪 Plh./Plt.");
    await desk.press("leadership", "➕ Tunjuk Plh./Plt.");
    await desk.press("leadership", "Ratna Siregar");
    await desk.press("leadership", "Plh. (pelaksana harian)");
    await desk.press("leadership", "Hari ini");
    await desk.press("leadership", "Hanya ");
    await desk.tell("leadership", "800/12/2026");
    await desk.press("leadership", "Kirim");

    expect(desk.allWords("leadership")).toMatch(/🪪 Berlaku: Plh\. Ratna Siregar\n.*, 800\/12\/2026/);
    expect(desk.allWords("deputy")).toContain("Ratna Siregar sebagai Plh. [leadership] untuk Hasan Marpaung");
    expect(desk.allWords("administrator")).toContain("🪪 Mulai berlaku:");
    const id = await askException(desk);
    const message = await asked("deputy");
    await desk.pressOn("deputy", message, "🚫 Tolak dengan alasan");
    await desk.tell("deputy", "Belum perlu");
    expect(desk.wordsOf(again("deputy", message))).toMatch(/🚫 Ditolak Plh\. \[leadership\] Ratna Siregar, \d+/);
    expect(await ticketOf(desk, id)).toMatchObject({ state: "closed" });

    await desk.tell("leadership", "/menu");
    await desk.press("leadership", "🪪 Plh./Plt.");
    await desk.press("leadership", "✖️ Akhiri: Plh. Ratna Siregar");
    expect(desk.allWords("leadership")).toContain("▫️ Berakhir: Plh. Ratna Siregar");
    expect(desk.allWords("deputy")).toContain("🪪 Berakhir:");
  });

  test("a last day before the first is refused at its question; the last look shows the days", patient, async () => {
    await desk.tell("leadership", "/menu");
    await desk.press("leadership", "🪪 Plh./Plt.");
    await desk.press("leadership", "➕ Tunjuk Plh./Plt.");
    await desk.press("leadership", "Ratna Siregar");
    await desk.press("leadership", "Plh. (pelaksana harian)");
    await desk.tell("leadership", "lusa");
    await desk.tell("leadership", "hari ini");
    expect(desk.newestWords("leadership")).toContain("Hari terakhir lebih awal daripada hari pertama.");
    expect(desk.newestWords("leadership")).toContain("Sampai hari apa");
    await desk.press("leadership", "Hanya ");
    await desk.tell("leadership", "800/12/2026");

    expect(desk.newestWords("leadership")).toMatch(/Mulai: (\d+ \w+ 20\d\d)\s+Sampai: \1\s/);
    await desk.press("leadership", "Batal");
  });

  test("are proposed by one administrator and confirmed by another while the boss is away", patient, async () => {
    await desk.tell("administrator", "/orang");
    await desk.press("administrator", "Hasan Marpaung");
    await desk.press("administrator", "🪪 Plh./Plt.");
    await desk.press("administrator", "➕ Usulkan Plh./Plt.");
    await desk.press("administrator", "Ratna Siregar");
    await desk.press("administrator", "Plt. (pelaksana tugas)");
    await desk.press("administrator", "Hari ini");
    await desk.press("administrator", "Hanya ");
    await desk.tell("administrator", "800/13/2026");
    await desk.press("administrator", "Kirim");
    const proposal = desk.newest("administrator2");
    expect(desk.wordsOf(proposal)).toContain(
      "Melati Nainggolan mengusulkan Ratna Siregar sebagai Plt. [leadership] untuk Hasan Marpaung",
    );

    await desk.pressOn("administrator2", proposal, "Setujui");

    expect(desk.wordsOf(again("administrator2", proposal))).toMatch(/✅ Disetujui Irwan Pasaribu, \d+/);
    expect(desk.labels(again("administrator2", proposal))).toEqual([]);
    expect(await desk.pressOn("administrator2", proposal, "Tolak")).toContain("sudah diputuskan oleh Irwan Pasaribu");
    await desk.tell("deputy", "/menu");
    expect(desk.labels(desk.newest("deputy"))).toContain("🖊 Menunggu persetujuan (0)");
    expect(desk.labels(desk.newest("deputy"))).not.toContain("🪪 Plh./Plt.");
  });
});
