import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expireSecret } from "../../../core/actions/hosting/one-time-secret.ts";
import { addTarget, removeTarget } from "../../../core/actions/monitoring/targets.ts";
import { recordNameAsked } from "../../../core/actions/monitoring/try-check.ts";
import { listChecksOf } from "../../../core/db/monitoring/monitor-checks.ts";
import { findPersonByTelegramUser } from "../../../core/db/people/people.ts";
import type { Tx } from "../../../core/db/tables.ts";
import type { TargetKind } from "../../../core/domain/monitoring/target.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { accepted } from "../../support/ipam.ts";

const me = "infrastructure";
let desk: TestDesk;
let person: Person;

async function openWith(options: Parameters<typeof openDesk>[0]): Promise<void> {
  desk = await openDesk(options);
  await desk.link(me);
  await desk.settled();
  const found = await findPersonByTelegramUser(desk.db, desk.idOf(me));
  if (found === undefined) throw new Error("nobody is linked");
  person = found;
}

const act = <Value>(work: (tx: Tx) => Promise<Value>) => desk.db.transaction().execute(work);
const words = () => desk.newestScreen(me).text ?? "";
const labels = () => desk.labels(desk.newestScreen(me));
const checks = async (targetId: number) => (await listChecksOf(desk.db, targetId)).map(({ settings }) => settings);

/** What is watched with one ping, and its page of checks. */
async function openChecks(name: string, kind: TargetKind = "device"): Promise<number> {
  const input = { kind, officeCode: null, parentId: null, answers: { name } };
  const check = kind === "job" ? undefined : { check: "icmp", address: "10.1.2.1" };
  const targetId = accepted(await act((tx) => addTarget(tx, person, desk.setting(), { ...input, check })));
  await desk.tell(me, `/status ${name}`);
  await desk.press(me, "📋 Pemeriksaan");
  return targetId;
}

/** Answers one question after the other: a button where it begins with ">", else words. */
async function answers(...given: string[]): Promise<void> {
  for (const each of given) {
    if (each.startsWith(">")) await desk.press(me, each.slice(1));
    else await desk.tell(me, each);
  }
}

describe("the checks of a target", () => {
  beforeAll(() => openWith({ pagesUrl: "https://desk.test/" }));
  afterAll(() => desk.close());
  beforeEach(async () => {
    await desk.db.deleteFrom("draft").execute();
  });

  it("keep what was entered where the same is there already", async () => {
    const targetId = await openChecks("Router Satu");
    await answers(">Tambah pemeriksaan", ">Ping", "10.1.2.1");
    expect(words()).toContain("Pemeriksaan yang sama sudah ada.");
    expect(words()).toContain("Alamat IP atau nama mana yang diping?");
    await answers("10.1.2.2");
    expect(await checks(targetId)).toMatchObject([{ address: "10.1.2.1" }, { address: "10.1.2.2" }]);
  });

  it.each([
    ["Port TCP", "8.8.8.8", "Alamat IP atau nama mana yang portnya diperiksa?", "10.1.2.9", "Port berapa?"],
    ["Halaman web", "http://127.0.0.1/", "Apa alamat halamannya?", "http://10.1.2.9/", "Status apa yang diharapkan?"],
  ])("refuse a forbidden address at its own question: %s", async (way, forbidden, question, allowed, next) => {
    await openChecks(`Server ${way}`);
    await answers(">Tambah pemeriksaan", `>${way}`, forbidden);
    expect(words()).toContain("dipantau");
    expect(words()).toContain(question);
    await answers(allowed);
    expect(words()).toContain(next);
  });

  it("are said to be enough before anything is asked", async () => {
    await openChecks("Router Penuh");
    for (let each = 2; each <= 8; each += 1) await answers(">Tambah pemeriksaan", ">Ping", `10.1.2.${each}`);
    expect(await desk.pressAndRead(me, "Tambah pemeriksaan")).toContain("paling banyak dengan 8 cara");
    expect(words()).toContain("8. ping 10.1.2.8");
  });

  it("go on with what was entered where a name leads nowhere", async () => {
    const targetId = await openChecks("Server Nama");
    const wished = { check: "tcp", host: "tak-ada.labura.go.id", port: "8443" };
    const asked = { targetId, answers: wished, personId: person.id, found: "name-unknown" } as const;
    await act((tx) => recordNameAsked(tx, desk.setting(), asked));
    await desk.look();
    await desk.sees(me, "Nama tak-ada.labura.go.id tidak ada di DNS");
    await desk.press(me, "Perbaiki isian tadi");
    expect(words()).toContain("Alamat IP atau nama mana yang portnya diperiksa?");
    await answers("10.1.2.9");
    expect(await checks(targetId)).toContainEqual({ kind: "tcp", address: "10.1.2.9", port: 8443 });
  });

  it("offer no port of a few, and show a likely one where it is none", async () => {
    await openChecks("Router Port");
    await answers(">Tambah pemeriksaan", ">Port TCP", "10.1.2.9");
    expect(words()).toContain("Port berapa?");
    expect(labels()).not.toContain("1");
    await answers("0");
    expect(words()).toContain("Angkanya dari 1 sampai 65535. Contoh: 443.");
  });

  it("lose a heartbeat only after a second look", async () => {
    const targetId = await openChecks("Backup Satu", "job");
    await answers(">Tambah pemeriksaan", "1440", "60", ">Hapus tanda tiap 1 hari");
    expect(desk.allWords(me)).toContain("Hapus tanda tiap 1 hari dari Backup Satu? Alamatnya langsung tidak berlaku");
    expect(await checks(targetId)).toHaveLength(1);
    await desk.press(me, "Ya, hapus pemeriksaannya");
    expect(await checks(targetId)).toEqual([]);
  });

  it("say of an address that nobody looked at in time where there is a new one", async () => {
    await openChecks("Backup Dua", "job");
    await answers(">Tambah pemeriksaan", "1440", "60");
    const secret = desk.db.selectFrom("one_time_secret").select("id").orderBy("id", "desc");
    const { id: secretId } = await secret.executeTakeFirstOrThrow();
    const later = { ...desk.setting(), now: new Date(Date.now() + 25 * 3_600_000) };
    await act((tx) => expireSecret(tx, later, { secretId }));
    await desk.db.updateTable("outbox").set({ due_at: new Date() }).where("state", "=", "pending").execute();
    await desk.look();
    await desk.sees(me, /Backup Dua, tiap 1440 menit kedaluwarsa .* lalu tekan 🔑 Alamat baru\./);
  });
});

describe("an old page", () => {
  beforeAll(() => openWith({ pagesUrl: "https://desk.test/" }));
  afterAll(() => desk.close());

  it("of what is watched no more says so", async () => {
    const targetId = await openChecks("Backup Tiga", "job");
    await answers(">Tambah pemeriksaan", "1440", "60");
    const ofChecks = desk.fromBot(me).findLast((each) => desk.labels(each).includes("🔑 Alamat baru"));
    if (ofChecks === undefined) throw new Error("no page of checks is there");
    await desk.tell(me, "/status backup tiga");
    const page = desk.newestScreen(me);
    const { version } = await desk.db
      .selectFrom("monitor_target")
      .select("version")
      .where("id", "=", targetId)
      .executeTakeFirstOrThrow();
    accepted(await act((tx) => removeTarget(tx, person, desk.setting(), { targetId, version })));
    for (const label of ["📋 Pemeriksaan", "🗑 Hapus"]) {
      await desk.pressOn(me, page, label);
      expect(words()).toContain("Itu tidak dipantau lagi.");
    }
    expect(await desk.pressOn(me, page, "🛠 Pemeliharaan")).toContain("Itu tidak dipantau, atau sudah dihapus.");
    for (const label of ["🔑 Alamat baru", "🗑 Hapus"]) {
      await desk.pressOn(me, ofChecks, label);
      const now = desk.fromBot(me).find((each) => each.message_id === ofChecks.message_id) ?? ofChecks;
      expect(desk.wordsOf(now)).toContain("Pemeriksaan itu sudah dihapus.");
    }
  });

  it("ends no later maintenance than the one that it showed", async () => {
    await openChecks("Router Lama");
    const begin = async () => {
      await desk.tell(me, "/status router lama");
      await answers(">🛠 Pemeliharaan", ">Sekarang", "24 jam", "Ganti router");
    };
    await begin();
    const old = desk.newestScreen(me);
    await begin();
    expect(await desk.pressOn(me, old, "Akhiri pemeliharaan")).toContain("Pemeliharaannya sudah berakhir");
    await desk.tell(me, "/status router lama");
    expect(words()).toContain("🛠 Dalam pemeliharaan sampai");
    await desk.press(me, "Akhiri pemeliharaan");
    expect(words()).not.toContain("🛠 Dalam pemeliharaan");
  });
});

describe("without pages", () => {
  beforeAll(() => openWith({}));
  afterAll(() => desk.close());

  it("nothing that calls a page is offered", async () => {
    await openChecks("Router Tanpa Halaman");
    await desk.press(me, "Tambah pemeriksaan");
    expect(labels()).toContain("Ping");
    expect(labels()).not.toContain("Tanda dari skrip");
    await desk.tell(me, "/batal");
    await desk.tell(me, "/status");
    await desk.press(me, "Pantau sesuatu");
    expect(labels()).toContain("🧩 Aplikasi");
    expect(labels()).not.toContain("⏱ Pekerjaan berkala");
  });
});
