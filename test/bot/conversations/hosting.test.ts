import { afterAll, beforeAll, expect, test } from "vitest";
import { assignAddress } from "../../../core/actions/ipam/give-address.ts";
import { addPrefix } from "../../../core/actions/ipam/prefixes.ts";
import { doStep } from "../../../core/actions/ticket/do-step.ts";
import { insertSecrets, markFilled } from "../../../core/db/hosting/application-databases.ts";
import { listMachineChecks } from "../../../core/db/hosting/machine-checks.ts";
import { getPerson } from "../../../core/db/people/people.ts";
import type { Tx } from "../../../core/db/tables.ts";
import type { Answers } from "../../../core/domain/form/field.ts";
import { sha256 } from "../../../core/domain/hosting/canonical.ts";
import { type CheckResult, finding } from "../../../core/domain/hosting/check.ts";
import { machineCheckKey } from "../../../core/domain/hosting/machine-checks.ts";
import { accept, type Outcome } from "../../../core/domain/outcome.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { HostFailed, type Hosts } from "../../../worker/hosting/hosts.ts";
import { hostingChecks } from "../../core/domain/procedures/hosting.paths.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";
import { noHosts, testHosting, testImage } from "../../support/hosting.ts";
import { accepted } from "../../support/ipam.ts";

let desk: TestDesk;
let isFull = false;
/** In what is handed in from now on. */
let isFaulty = false;
const faulty: CheckResult[] = [
  { check: "malware", result: "failed", findings: [] },
  { check: "secrets", result: "failed", findings: [] },
];
const hosts: Hosts = {
  ...noHosts,
  loadImage: async () => testImage,
  preview: async (_stack, input) => ({
    hashes: { preview: sha256("preview"), program: sha256("program"), inputs: sha256(input), state: "" },
    changes: [
      { kind: "network", name: "network", change: "create", properties: [] },
      { kind: "container", name: "web-a", change: "create", properties: [] },
    ],
    steps: [],
  }),
  needImage: async () => undefined,
  needProxy: async () => undefined,
  recover: async () => undefined,
  update: async () => {
    if (isFull) throw new HostFailed("disk-full", "updating in a test");
  },
  unseal: async () => "kata-sandi-rahasia",
  route: async () => undefined,
  ask: async () => 200,
};

const described = [finding("image-described", { ports: "8080/tcp, 8081/tcp" })];

beforeAll(async () => {
  desk = await openDesk({
    hosts,
    rules: { hosting: testHosting },
    pagesUrl: "https://desk.test/",
    checkFile: async () => [
      { check: "image-sane", result: "passed", findings: described },
      ...(isFaulty ? faulty : []),
    ],
  });
  await desk.link("otherOffice", "user", "helpDesk", "dataCenter", "infrastructure", "leadership", "nonTechnical");
  await desk.settled();
  await prepareRegister();
});
afterAll(() => desk.close());

const patient = { timeout: 60_000 };
const polling = { timeout: 20_000, interval: 200 };
const words = (who: CastName) => desk.newestWords(who);

async function act<Value>(name: string, work: (tx: Tx, person: Person) => Promise<Outcome<Value>>): Promise<Value> {
  const { id } = await desk.db.selectFrom("person").select("id").where("name", "=", name).executeTakeFirstOrThrow();
  const person = await getPerson(desk.db, id);
  return accepted(await desk.db.transaction().execute((tx) => work(tx, person)));
}

/** The prefix of the host, and the address of its proxy. */
async function prepareRegister(): Promise<void> {
  const prefix = (network: string, name: string) =>
    act("Syahrul Munthe", (tx, by) => {
      return addPrefix(tx, by, desk.setting(), { answers: { zone: "Utama", network, name } });
    });
  await prefix("10.40.0.0/16", "Aplikasi");
  const prefixId = await prefix("10.10.0.0/16", "Server");
  const answers = { name: "Proxy", basis: "555/1/2026" };
  await act("Syahrul Munthe", (tx, by) => {
    const wish = { prefixId, address: "10.10.5.20", officeId: by.officeId };
    return assignAddress(tx, by, desk.setting(), { ...wish, answers });
  });
}

async function send(name: string): Promise<void> {
  const mimeType = "application/octet-stream";
  desk.server.people.sendDocument(desk.idOf("user"), { bytes: Buffer.from(`isi ${name}`), name, mimeType });
  await desk.settled();
}

async function step(id: number, name: string, answers: Answers): Promise<void> {
  await act("Togar Hutabarat", async (tx, by) => {
    const { version } = await tx.selectFrom("ticket").select("version").where("id", "=", id).executeTakeFirstOrThrow();
    return doStep(tx, by, desk.setting(), { ticketId: id, step: name, version, answers });
  });
}

/** A request with an image, all of which was checked. */
async function checkedRequest(): Promise<number> {
  await desk.tell("user", "/menu");
  await desk.press("user", "Ajukan permintaan");
  await desk.press("user", "Penitipan aplikasi");
  await desk.press("user", "Aplikasi (hosting)");
  await desk.tell("user", "SIMPEG");
  for (const label of ["Image kontainer", "Besar", "Intranet saja"]) await desk.press("user", label);
  for (const text of ["simpeg", "555/210/2026", "20-11-2026"]) await desk.tell("user", text);
  await send("surat.pdf");
  await desk.press("user", "Lanjut");
  await desk.tell("user", "Antrean loket, dalam image.");
  await desk.press("user", "Ya");
  await send("simpeg.tar");
  for (const label of ["Lanjut", "Lanjut", "Kirim"]) await desk.press("user", label);
  const { id } = await desk.db.selectFrom("ticket").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
  const at = { state: "checking-hosting", holder: "data-center" } as const;
  await desk.db.updateTable("ticket").set(at).where("id", "=", id).execute();
  await expect.poll(() => listMachineChecks(desk.db, id), polling).toHaveLength(1);
  for (const check of hostingChecks) await step(id, "record-hosting-check", { check, result: "passed" });
  const [found] = await listMachineChecks(desk.db, id);
  if (found !== undefined) await step(id, "accept-machine-check", { "machine-check": machineCheckKey(found) });
  return id;
}

/** The machine has worked when the card says so. */
const cardSays = (who: CastName, id: number, text: string) =>
  expect
    .poll(async () => {
      await desk.tell(who, `/tiket T-${id}`);
      return words(who);
    }, polling)
    .toContain(text);

async function newestTicket(): Promise<number> {
  return (await desk.db.selectFrom("ticket").select("id").orderBy("id", "desc").executeTakeFirstOrThrow()).id;
}

let id: number;

test("nothing is planned on a host before its proxy, which the data center reads", patient, async () => {
  id = await checkedRequest();
  await desk.tell("dataCenter", `/tiket T-${id}`);
  const offered = desk.labels(desk.newest("dataCenter")).join("\n");
  expect(offered).toContain("Laporkan ke pimpinan (manual)");
  await desk.press("dataCenter", "Bangun dengan mesin");
  expect(words("dataCenter")).toContain("Belum ada host yang proksinya sudah dibangun. Minta dahulu lewat /hosting");
  expect(desk.labels(desk.newest("dataCenter"))).toEqual(["✖️ Batal"]);
  await desk.press("dataCenter", "✖️ Batal");
});

test("the proxy of a host is planned, approved and built from /hosting", patient, async () => {
  await desk.tell("dataCenter", "/hosting");
  expect(words("dataCenter")).toContain("⚪️ Proksi Server aplikasi: belum dibangun");
  await desk.press("dataCenter", "🏗 Bangun atau ubah proksi");
  await desk.tell("dataCenter", "Host yang baru dipasang.");
  for (const label of ["Kirim", "Buat rencana proksi", "Server aplikasi", "Lewati"]) {
    await desk.press("dataCenter", label);
  }
  const id = await newestTicket();
  await cardSays("infrastructure", id, "Rencana proksi diperiksa Infrastruktur");
  expect(words("infrastructure")).toContain("Proksi platform-dc");
  await desk.press("infrastructure", "Terima rencana");
  await desk.press("infrastructure", "Lewati");
  await desk.press("leadership", "✅ Setujui");
  await desk.press("leadership", "Lewati");
  await expect.poll(() => words("dataCenter"), polling).toContain("Proksi sudah dibangun dan berjalan.");
  expect(desk.labels(desk.newest("dataCenter")).filter((label) => label.startsWith("⭐"))).toEqual([]);
  await desk.tell("dataCenter", "/hosting");
  expect(words("dataCenter")).toContain("🟢 Proksi Server aplikasi: berjalan");
});

test("the data center has it planned; the plan is read in words and in full", patient, async () => {
  await desk.tell("dataCenter", `/tiket T-${id}`);
  await desk.press("dataCenter", "Bangun dengan mesin");
  // What was wished stands there already.
  await desk.press("dataCenter", "Server aplikasi");
  expect(desk.labels(desk.newest("dataCenter"))).toEqual(["8080", "8081", "Lewati ▶️", "◀️ Kembali", "✖️ Batal"]);
  await desk.press("dataCenter", "Lewati");
  await desk.tell("dataCenter", "api/health");
  expect(words("dataCenter")).toContain("Itu bukan alamat halaman.");
  await desk.tell("dataCenter", "/api/health");
  for (const label of ["Lewati", "✏️ Ubah", "Nama domain"]) await desk.press("dataCenter", label);
  expect(words("dataCenter")).toContain("Pilih, atau ketik bagian depannya (contoh: simpeg).");
  await desk.press("dataCenter", "simpeg");
  for (const part of ["Runtime: Image kontainer", "Ukuran: Besar (128 MB, 1 CPU)", "Jangkauan: Intranet saja"]) {
    expect(words("dataCenter")).toContain(part);
  }
  for (const label of ["✏️ Ubah", "Ukuran", "Kecil", "Kirim"]) await desk.press("dataCenter", label);

  await cardSays("infrastructure", id, "Rencana aplikasi diperiksa Infrastruktur");
  for (const part of [
    "🏗 Aplikasi app-simpeg: 📝 direncanakan",
    "Nama: simpeg.labura.go.id (intranet saja)",
    "Alamat kontainer: 10.40.0.2, port 8080, subnet 10.40.0.0/29",
    "Halaman yang diperiksa: /api/health",
    "⚠️ Uji kontainer runtime ini tidak meminta halaman itu; tulis {path} di healthTest",
    "Host: Server aplikasi",
    "Ukuran: Kecil (64 MB, 0,5 CPU)",
    "⚠️ Lain dari yang diminta: ukuran Besar (128 MB, 1 CPU) → Kecil (64 MB, 0,5 CPU)",
    "Image: sha256:bbbb",
    "➕ Dibuat: kontainer aplikasi (web-a)",
  ]) {
    expect(words("infrastructure")).toContain(part);
  }
  expect(words("infrastructure")).not.toContain("EXPOSE");
  await desk.press("infrastructure", "📄 Rencana lengkap");
  expect(desk.newest("infrastructure").document?.file_name).toMatch(/^app-simpeg-rencana-\d+\.txt$/);
});

test(
  "a plan that is another one when leadership approves it is made anew, and leadership is asked again",
  patient,
  async () => {
    await desk.press("infrastructure", "Terima alamat dan nama");
    await desk.press("infrastructure", "Lewati");
    await desk.sees("leadership", "🖊 Persetujuan diminta");
    await desk.db.updateTable("application").set({ port: 9000 }).where("ticket_id", "=", id).execute();
    await desk.press("leadership", "✅ Setujui");
    await desk.press("leadership", "Lewati");
    await desk.sees("leadership", "Mesin sedang membuat rencana baru; Anda diminta memutuskannya bila sudah siap.");
    await cardSays("infrastructure", id, "Rencana aplikasi diperiksa Infrastruktur");
    expect(words("infrastructure")).toContain("port 9000");
    const other = "⚠️ Image ini menyebut port 8080, 8081 (EXPOSE), sedangkan aplikasinya ditanya di 9000.";
    expect(words("infrastructure")).toContain(other);
  },
);

test("infrastructure accepts it, leadership reads it and approves; the machine builds it", patient, async () => {
  await desk.tell("infrastructure", `/tiket T-${id}`);
  await desk.press("infrastructure", "Terima alamat dan nama");
  await desk.press("infrastructure", "Lewati");
  const asked = await desk.sees("leadership", "🖊 Persetujuan diminta");
  expect(desk.wordsOf(asked)).toContain("➕ Dibuat: kontainer aplikasi (web-a)");
  expect(desk.wordsOf(asked)).toContain("Nama: simpeg.labura.go.id");
  expect(desk.labels(asked)).toContain("📄 Rencana lengkap");

  isFull = true;
  await desk.press("leadership", "✅ Setujui");
  await desk.press("leadership", "Lewati");
  await cardSays("dataCenter", id, "Pembangunan aplikasi terhenti, di Data Center");
  expect(words("dataCenter")).toContain("Sebabnya: Disk host penuh. Kosongkan dahulu");

  await desk.press("dataCenter", "Lanjutkan dengan tangan");
  expect(words("dataCenter")).toContain("Yang sudah dibuat mesin tidak dihapus");
  await desk.press("dataCenter", "✖️ Batal");
  await desk.tell("dataCenter", `/tiket T-${id}`);

  isFull = false;
  await desk.press("dataCenter", "Lanjutkan pembangunan");
  await desk.press("dataCenter", "Lewati");
  await cardSays("dataCenter", id, "Laporan pemasangan di Data Center");
  expect(words("dataCenter")).toContain("Dari intranet: Menjawab");
  expect(words("dataCenter")).toContain("Dari internet: Tidak berlaku");
});

test(
  "the report and the notice to who asked say where it is opened, and from where the machine reached it",
  patient,
  async () => {
    const seen = "Dapat dibuka di https://simpeg.labura.go.id. Dari intranet: menjawab; dari internet: tidak berlaku.";
    await desk.press("dataCenter", "Laporkan aplikasi terpasang");
    // From where it is reached is not asked: the machine has seen it.
    expect(words("dataCenter")).toContain("Bagaimana hasilnya?");
    await desk.press("dataCenter", `Pakai: ${seen}`.slice(0, 20));
    await desk.tell("nonTechnical", `/tiket T-${id}`);
    expect(words("nonTechnical")).toContain("Intranet saja");
    await desk.press("nonTechnical", "Beri tahu pemohon: selesai");
    await desk.press("nonTechnical", "Pakai: Dapat dibuka");
    const told = desk.wordsOf(await desk.sees("user", "Pemasangan sudah selesai"));
    expect(told).toContain("🌐 https://simpeg.labura.go.id\nAlamat kontainer: 10.40.0.2");
    expect(told).toContain("Dari intranet: menjawab · Dari internet: tidak berlaku");
  },
);

test("/hosting lists what is hosted, for whose work it is", async () => {
  await desk.tell("dataCenter", "/hosting");
  expect(words("dataCenter")).toContain("Dinkes\n🟢 berjalan · SIMPEG");
  expect(words("dataCenter")).toContain("simpeg.labura.go.id · 10.40.0.2 · Kecil · Server aplikasi · versi 1");
  await desk.tell("user", "/hosting");
  expect(words("user")).toContain("Aplikasi kami\n\nDinkes\n🟢 berjalan · SIMPEG");
  await desk.tell("user", "/bantuan");
  expect(words("user")).toContain("/hosting Aplikasi yang dihosting mesin");
  await desk.tell("helpDesk", "/hosting");
  expect(words("helpDesk")).toContain("Dinkes\n🟢 berjalan · SIMPEG");
  await desk.tell("otherOffice", "/hosting");
  expect(words("otherOffice")).toContain("Aplikasi kami\n\nBelum ada. Ajukan penitipan aplikasi lewat /permintaan.");
});

test("the office asks for a change from the page of its application, and reads what becomes of it", async () => {
  await desk.tell("user", "/hosting");
  await desk.press("user", "🏗 SIMPEG");
  expect(words("user")).toContain("Keadaan: 🟢 berjalan");
  expect(words("user")).toContain("Versi 1, ");
  await desk.press("user", "✏️ Minta perubahan");
  expect(words("user")).toContain("Apa yang diinginkan?");
  await desk.press("user", "Kembali ke versi lama");
  expect(words("user")).toContain("Aplikasi ini belum punya versi lama.");
  await desk.press("user", "◀️ Kembali");
  await desk.press("user", "Nama domain lain");
  await desk.tell("user", "kepegawaian");
  await desk.tell("user", "Nama lama sulit diingat.");
  await desk.press("user", "Ya, hanya untuk tugas kedinasan");
  await desk.press("user", "Lanjut");
  await desk.press("user", "📨 Kirim");
  expect(words("user")).toContain("Perubahan aplikasi");
  const changeId = await newestTicket();
  await desk.tell("dataCenter", `/tiket T-${changeId}`);
  await desk.press("dataCenter", "Rencanakan perubahan");
  await desk.db.updateTable("application").set({ state: "isolated" }).execute();
  await desk.press("dataCenter", "Lewati");
  expect(words("dataCenter")).toContain("Aplikasi itu sedang diisolasi");
  expect(desk.labels(desk.newest("dataCenter"))).not.toContain("✖️ Batal");
  await desk.db.updateTable("application").set({ state: "built" }).execute();
  await desk.tell("dataCenter", `/tiket T-${changeId}`);
  await desk.press("dataCenter", "Rencanakan perubahan");
  await desk.press("dataCenter", "Lewati");
  await cardSays("infrastructure", changeId, "Rencana perubahan diperiksa Infrastruktur");
  expect(words("infrastructure")).toContain(
    "✏️ Nama: simpeg.labura.go.id → kepegawaian.labura.go.id; kontainernya tidak disentuh",
  );
  await desk.press("infrastructure", "Terima rencana");
  await desk.press("infrastructure", "Lewati");
  await desk.settled();
  await desk.press("leadership", "✅ Setujui");
  await desk.press("leadership", "Lewati");
  await cardSays("dataCenter", changeId, "Perubahan selesai, laporan di Data Center");
  await desk.press("dataCenter", "Laporkan ke pemohon");
  await desk.tell("dataCenter", "Sudah dapat dibuka.");
  await desk.tell("user", "/hosting");
  expect(words("user")).toContain("kepegawaian.labura.go.id");
}, 60_000);

/** Whose file a machine has checked. @returns its ticket */
async function askForVersion(): Promise<number> {
  await desk.tell("user", "/hosting");
  await desk.press("user", "🏗 SIMPEG");
  await desk.press("user", "✏️ Minta perubahan");
  await desk.press("user", "Versi baru");
  await send("simpeg-2.tar");
  await desk.press("user", "Lanjut");
  await desk.tell("user", "Perbaikan laporan.");
  await desk.press("user", "Ya, hanya untuk tugas kedinasan");
  for (const label of ["Lanjut", "📨 Kirim"]) await desk.press("user", label);
  const changeId = await newestTicket();
  await expect.poll(() => listMachineChecks(desk.db, changeId), polling).toHaveLength(3);
  return changeId;
}

test("who approves a new version reads which of its checks failed, and who let it pass", patient, async () => {
  isFaulty = true;
  const changeId = await askForVersion();
  isFaulty = false;
  for (const found of await listMachineChecks(desk.db, changeId)) {
    const which = { "machine-check": machineCheckKey(found) };
    if (found.check !== "secrets") await step(changeId, "accept-machine-check", which);
    else await step(changeId, "overrule-machine-check", { ...which, verdict: "passed", note: "Berkas contoh." });
  }
  await step(changeId, "plan-change", {});
  await cardSays("infrastructure", changeId, "Rencana perubahan diperiksa Infrastruktur");
  expect(desk.newestWords("infrastructure")).toContain("Perubahan aplikasi\nSIMPEG\n");
  await desk.press("infrastructure", "Terima rencana");
  await desk.press("infrastructure", "Lewati");

  const asked = desk.wordsOf(await desk.sees("leadership", "Versi baru: simpeg-2.tar"));
  expect(asked).toContain("🤖 Pemeriksaan mesin (3): 1 sesuai, 1 dinyatakan sesuai oleh petugas, 1 tidak");
  expect(asked).toContain("❌ Malware (simpeg-2.tar)");
  expect(asked).toContain("✍️ Rahasia dan dump di dalamnya (simpeg-2.tar), tidak sesuai menurut mesin. Togar Hutabarat");
  await desk.tell("infrastructure", `/tiket T-${changeId}`);
  expect(words("infrastructure")).toContain("❌ Malware (simpeg-2.tar)");
  await desk.press("leadership", "🚫 Tolak dengan alasan");
  await desk.tell("leadership", "Bersihkan dahulu.");
});

test("the page of an application says whose it is, for whose work it is", async () => {
  await desk.tell("dataCenter", "/hosting");
  await desk.press("dataCenter", "🏗 SIMPEG");
  expect(words("dataCenter")).toContain("Kantor: Dinas Kesehatan");
  expect(words("dataCenter")).toMatch(/Tiket: (T-\d+, ){2}T-\d+\n/);
});

test(
  "the data center has the account of a database offered, which nobody but who asked for it gets",
  patient,
  async () => {
    const { id: applicationId } = await desk.db.selectFrom("application").select("id").executeTakeFirstOrThrow();
    await desk.db.updateTable("application").set({ database: "mariadb" }).execute();
    const sealed = `sealed:1:${"a".repeat(40)}`;
    await act("Togar Hutabarat", async (tx) => {
      await insertSecrets(tx, applicationId, { adminPassword: sealed, password: sealed, url: sealed, isFilled: true });
      await markFilled(tx, applicationId, new Date());
      return accept();
    });
    await desk.tell("dataCenter", "/hosting");
    await desk.press("dataCenter", "🏗 SIMPEG");
    await desk.press("dataCenter", "🔑 Tawarkan akun basis data");
    expect(words("dataCenter")).toContain("Pemohon ditawari akun basis datanya");
    const offered = desk.wordsOf(await desk.sees("user", "🔑 MariaDB · kepegawaian.labura.go.id"));
    expect(offered).toContain("https://desk.test/once/");
    expect(offered).not.toContain("kata-sandi-rahasia");
    await desk.db.deleteFrom("application_database").execute();
    await desk.db.updateTable("application").set({ database: null }).execute();
  },
);

test("the requester sees neither the plan nor its button", async () => {
  await desk.tell("user", `/tiket T-${id}`);
  expect(words("user")).not.toContain("app-simpeg");
  expect(desk.labels(desk.newest("user"))).not.toContain("📄 Rencana lengkap");
});
